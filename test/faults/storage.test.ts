import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cdp } from 'vitest/browser'
import { Journal } from '../../src/engine/journal'
import { corruptFirstEntry, deleteJournal, openRaw, storedEntries } from './journal-storage'
import { expectSound, LINEAR, MLP, Rig, ROWS } from './rig'

const rig = new Rig()
const { put } = IDBObjectStore.prototype
/** Each batch takes long enough to be sent, and so saved, on its own: three of them. */
const BATCHES = { batchSize: 256 } as const
const PUTS_PER_RUN = 7

interface DevTools {
  send(method: string, params: Readonly<Record<string, unknown>>): Promise<unknown>
}

const devTools = cdp() as unknown as DevTools

beforeAll(async () => {
  for (const name of [LINEAR, MLP]) await rig.undisturbed(name)
})

beforeEach(async () => {
  rig.reset()
  await deleteJournal()
  rig.faults.inject({ verb: 'run' }, { kind: 'slow', ms: 110 })
})

afterEach(() => {
  IDBObjectStore.prototype.put = put
})

afterAll(async () => {
  await deleteJournal()
  rig.close()
})

function journalWith(problems: string[]): Journal {
  return new Journal((problem) => problems.push(problem))
}

/** The n-th write of this page fails as the browser would fail it. */
function failPut(nth: number, error: () => DOMException): void {
  let count = 0
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...rest: Parameters<typeof put>) {
    count += 1
    if (count === nth) throw error()
    return put.apply(this, rest)
  }
}

describe('storage faults', () => {
  it('I71 no room left on disk: the run goes on in memory, and says what to do', async () => {
    const { origin } = location
    const problems: string[] = []
    // Chromium remembers for a while how much room is left; clearing makes it ask again.
    await devTools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
    await devTools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
    const journal = journalWith(problems)
    const request = await rig.request({ journal, settings: BATCHES })
    const finished = await rig.finish(request)
    await devTools.send('Storage.overrideQuotaForOrigin', { origin })
    expect(problems).toEqual([expect.stringMatching(/disk space .* used up.* not saved; export/)])
    expect(finished.runs[0]).toMatchObject({ status: 'ok', attempts: 1 })
    await expectSound(rig, request, finished)
  })

  it.each(['QuotaExceededError', 'AbortError'])('I71 the write ends in %s', async (name) => {
    const problems: string[] = []
    failPut(3, () => new DOMException('', name))
    const request = await rig.request({ journal: journalWith(problems), settings: BATCHES })
    const finished = await rig.finish(request)
    expect(problems).toEqual([expect.stringMatching(/used up.* not saved; export/)])
    expect(finished.runs[0]?.status).toBe('ok')
    await expectSound(rig, request, finished)
  })

  it.each(Array.from({ length: PUTS_PER_RUN }, (_, index) => index + 1))(
    'I72 write %i fails: the journal holds what was written before it, and no half batch',
    async (nth) => {
      const problems: string[] = []
      failPut(nth, () => new DOMException('', 'QuotaExceededError'))
      const request = await rig.request({ journal: journalWith(problems), settings: BATCHES })
      const finished = await rig.finish(request)
      IDBObjectStore.prototype.put = put
      expect(problems).toHaveLength(1)
      await expectSound(rig, request, finished)
      const saved = Math.floor((nth - 1) / 2)
      const ends = [256, 512, ROWS].slice(0, saved)
      expect((await storedEntries()).map(({ end }) => end)).toEqual(ends)
      rig.reset()
      const again = await rig.request({ journal: journalWith([]), settings: BATCHES })
      const resumed = await rig.finish(again)
      expect(resumed.runs[0]?.keptRows).toBe(ends.at(-1) ?? 0)
      expect(rig.faults.rows()).toBe(ROWS - (ends.at(-1) ?? 0))
      await expectSound(rig, again, resumed)
    },
  )

  it('I74 storage cleared in mid-run: noticed, said, and the run goes on', async () => {
    const problems: string[] = []
    const journal = journalWith(problems)
    const request = await rig.request({ journal, settings: { batchSize: 64 } })
    let clearing: Promise<unknown> | null = null
    const finished = await rig.finish(request, (event) => {
      if (event.type !== 'model-progress' || event.rowsDone === 0) return
      const { origin } = location
      clearing ??= devTools.send('Storage.clearDataForOrigin', {
        origin,
        storageTypes: 'indexeddb',
      })
    })
    await clearing
    expect(problems).toEqual([expect.stringMatching(/storage.*not saved/)])
    expect(problems[0]).toMatch(/export/)
    expect(finished.runs[0]?.status).toBe('ok')
    await expectSound(rig, request, finished)
  })

  it('I75 a journal of a newer version is left alone, and the run goes on in memory', async () => {
    const newer = await openRaw(99)
    newer.close()
    const problems: string[] = []
    const request = await rig.request({ journal: journalWith(problems) })
    const finished = await rig.finish(request)
    expect(problems).toEqual([expect.stringMatching(/newer Bakeoff/)])
    const kept = await openRaw()
    expect(kept.version).toBe(99)
    kept.close()
    await expectSound(rig, request, finished)
  })

  it('I75 one changed number is refused by its checksum, kept as it is and not overwritten', async () => {
    await rig.finish(await rig.request({ journal: journalWith([]), settings: BATCHES }))
    await corruptFirstEntry()
    const before = await storedEntries()
    rig.reset()
    const problems: string[] = []
    const request = await rig.request({ journal: journalWith(problems), settings: BATCHES })
    const finished = await rig.finish(request)
    expect(finished.log.join('\n')).toMatch(
      /kept answers do not match their checksum; they are left/,
    )
    expect(finished.runs[0]).toMatchObject({ status: 'ok', keptRows: ROWS - 256 })
    expect(rig.faults.rows()).toBe(256)
    expect(problems).toEqual([])
    expect(await storedEntries()).toEqual(before)
    await expectSound(rig, request, finished)
  })

  it('I76 no storage at all: works in memory and says so once', async () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB')
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined, configurable: true })
    const problems: string[] = []
    const journal = journalWith(problems)
    const request = await rig.request({ journal, models: [LINEAR, MLP], settings: BATCHES })
    const finished = await rig.finish(request)
    if (own === undefined) throw new Error('indexedDB is not an own property')
    Object.defineProperty(globalThis, 'indexedDB', own)
    expect(problems).toEqual([expect.stringMatching(/storage cannot be used.*not saved/)])
    expect(finished.runs.map(({ status }) => status)).toEqual(['ok', 'ok'])
    await expectSound(rig, request, finished)
  })
})
