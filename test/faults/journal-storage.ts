import type { JournalEntry } from '../../src/engine/journal-database'

const NAME = 'bakeoff'

/** Open connections of journals close themselves when they are asked to. */
export function deleteJournal(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(NAME)
    request.onsuccess = () => {
      resolve()
    }
    request.onerror = () => {
      reject(request.error ?? new Error('not deleted'))
    }
  })
}

/** A connection of its own; at a newer version where one is named. */
export function openRaw(version?: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, version)
    request.onsuccess = () => {
      const database = request.result
      database.onversionchange = () => {
        database.close()
      }
      resolve(database)
    }
    request.onerror = () => {
      reject(request.error ?? new Error('not opened'))
    }
  })
}

/** Nothing can open the journal until the result is called: a deletion waits for a connection. */
export async function blockJournal(): Promise<() => Promise<void>> {
  const database = await openRaw()
  database.onversionchange = null
  const deletion = deleteJournal()
  return () => {
    database.close()
    return deletion
  }
}

/** Holds a write transaction open, so that every other one waits, until the result is called. */
export async function holdJournal(): Promise<() => void> {
  const database = await openRaw()
  const store = database
    .transaction(['answers', 'models', 'history', 'reports'], 'readwrite')
    .objectStore('models')
  let isHeld = true
  const next = () => {
    const request = store.count()
    request.onsuccess = () => {
      if (isHeld) next()
      else database.close()
    }
  }
  next()
  return () => {
    isHeld = false
  }
}

/** Every entry as it lies on disk. */
export async function storedEntries(): Promise<readonly JournalEntry[]> {
  const database = await openRaw()
  const request = database.transaction('answers').objectStore('answers').getAll()
  return new Promise((resolve) => {
    request.onsuccess = () => {
      database.close()
      resolve(request.result as JournalEntry[])
    }
  })
}

/** Changes one number of the first stored entry and nothing else. */
export async function corruptFirstEntry(): Promise<void> {
  const [entry] = await storedEntries()
  if (entry === undefined) throw new Error('nothing is stored')
  const data = (entry.data as Float32Array).slice()
  data[0] = (data[0] ?? 0) + 1
  const database = await openRaw()
  const transaction = database.transaction('answers', 'readwrite')
  transaction.objectStore('answers').put({ ...entry, data })
  await new Promise<void>((resolve) => {
    transaction.oncomplete = () => {
      resolve()
    }
  })
  database.close()
}
