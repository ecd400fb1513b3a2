/** A dropped folder of more files than this is a mistake. */
const MAX_FILES = 2_000
/** Files that systems leave in folders. */
const SYSTEM_FILE = /^(\.|Thumbs\.db$|desktop\.ini$)/

/**
 * Every file of a drop, those in folders included, in the order of the drop. Call it in the drop
 * event itself: the browser empties the transfer as soon as the event is over.
 */
export async function collectDroppedFiles(transfer: DataTransfer): Promise<readonly File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry())
  // Some sources offer files without entries.
  if (entries.every((entry) => entry === null)) return [...transfer.files]
  const files: File[] = []
  for (const entry of entries) if (entry !== null) await collect(entry, files)
  return files
}

async function collect(entry: FileSystemEntry, files: File[]): Promise<void> {
  if (files.length >= MAX_FILES) return
  if (entry.isFile) {
    const file = await fileOf(entry as FileSystemFileEntry)
    if (file !== null) files.push(file)
    return
  }
  for (const child of await childrenOf(entry as FileSystemDirectoryEntry)) {
    if (!SYSTEM_FILE.test(child.name)) await collect(child, files)
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File | null> {
  return new Promise((resolve) => {
    entry.file(resolve, () => {
      resolve(null)
    })
  })
}

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const children: FileSystemEntry[] = []
  // Chromium hands out at most 100 entries a call; an empty answer is the end.
  while (children.length < MAX_FILES) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, () => {
        resolve([])
      })
    })
    if (some.length === 0) break
    children.push(...some)
  }
  return children.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
}
