import { LostValues, type Scratch } from '../../src/data/room/scratch'

/** Folder of the origin's private file system, one file per table of a tab. */
const FOLDER = 'scratch'
/** Quota that is left for what is kept: answers and models. */
const SPARED_BYTES = 256 * 2 ** 20

/**
 * Opens a scratch file on disk; null where the browser has none to give, as in some private windows.
 * The file is deleted when it is closed; where the tab ends before, by {@link removeStaleScratch}.
 */
export async function openOpfsScratch(): Promise<Scratch | null> {
  try {
    return await open()
  } catch {
    return null
  }
}

/** Deletes the scratch files of tabs that are gone. Never rejects. */
export async function removeStaleScratch(): Promise<void> {
  try {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER)
    for await (const name of folder.keys()) {
      await navigator.locks.request(lockOf(name), { ifAvailable: true }, async (lock) => {
        if (lock !== null) await folder.removeEntry(name)
      })
    }
  } catch {
    // No private file system, or no such folder: nothing is stale.
  }
}

async function open(): Promise<Scratch> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate()
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle(FOLDER, { create: true })
  const name = crypto.randomUUID()
  const unlock = await hold(lockOf(name))
  try {
    const file = await folder.getFileHandle(name, { create: true })
    const handle = await file.createSyncAccessHandle()
    const remove = (): void => {
      handle.close()
      void folder
        .removeEntry(name)
        .catch(() => undefined)
        .finally(unlock)
    }
    return scratchOf(handle, quota - usage - SPARED_BYTES, remove)
  } catch (error) {
    unlock()
    throw error
  }
}

function scratchOf(handle: FileSystemSyncAccessHandle, room: number, close: () => void): Scratch {
  let end = 0
  return {
    append: (bytes) => {
      if (end + bytes.length > room) return null
      try {
        if (handle.write(bytes, { at: end }) < bytes.length) return null
      } catch {
        // The disk is full, whatever the quota promised.
        return null
      }
      end += bytes.length
      return end - bytes.length
    },
    read: (place, into) => {
      if (readFrom(handle, place, into) < into.length) {
        throw new LostValues('the scratch file is shorter than it was')
      }
    },
    close,
  }
}

function readFrom(handle: FileSystemSyncAccessHandle, place: number, into: Uint8Array): number {
  try {
    return handle.read(into, { at: place })
  } catch (error) {
    throw new LostValues('the scratch file cannot be read', { cause: error })
  }
}

/** Holds a lock until the answer is called, or until this worker ends. */
function hold(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, () => new Promise<void>((release) => void resolve(release)))
      .catch(reject)
  })
}

function lockOf(name: string): string {
  return `bakeoff ${FOLDER} ${name}`
}
