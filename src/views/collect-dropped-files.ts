import { FOLDER_FILES } from '../core/caps'
import { isSystemFile } from '../core/image-name'
import type { DroppedFile } from '../state/bundle-folders'

/**
 * Every file of a drop with its path, those in folders included, in the order of the drop. Call it in the
 * drop event itself: the browser empties the transfer as soon as the event is over.
 */
export async function collectDroppedFiles(transfer: DataTransfer): Promise<readonly DroppedFile[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry())
  // Some sources offer files without entries.
  if (entries.every((entry) => entry === null)) {
    return [...transfer.files].map((file) => ({ path: file.name, file }))
  }
  const files: DroppedFile[] = []
  for (const entry of entries) if (entry !== null) await collect(entry, '', files)
  return files
}

async function collect(
  entry: FileSystemEntry,
  folder: string,
  files: DroppedFile[],
): Promise<void> {
  if (entry.isFile) {
    files.push(...(await filesOf([entry], folder)))
    return
  }
  const path = `${folder}${entry.name}/`
  let run: FileSystemEntry[] = []
  for (const child of await childrenOf(entry as FileSystemDirectoryEntry)) {
    if (files.length + run.length >= FOLDER_FILES) break
    if (isSystemFile(child.name)) continue
    if (child.isFile) {
      run.push(child)
      continue
    }
    files.push(...(await filesOf(run, path)))
    run = []
    await collect(child, path, files)
  }
  files.push(...(await filesOf(run, path)))
}

/** Side by side: one after another, tens of thousands take minutes. */
async function filesOf(
  entries: readonly FileSystemEntry[],
  folder: string,
): Promise<readonly DroppedFile[]> {
  const files = await Promise.all(
    entries.map(async (entry) => {
      const file = await fileOf(entry as FileSystemFileEntry)
      return file === null ? [] : [{ path: folder + entry.name, file }]
    }),
  )
  return files.flat()
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
  while (children.length < FOLDER_FILES) {
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
