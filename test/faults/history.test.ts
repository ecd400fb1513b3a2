import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cdp } from 'vitest/browser'
import { ComparisonHistory, type HistoryLimits } from '../../src/engine/comparison-history'
import { Journal } from '../../src/engine/journal'
import type { KeptRecipe, PastComparison } from '../../src/engine/journal-database'
import { createReaderClient } from '../../src/engine/create-reader-client'
import { MOST_RECIPES, RecipeStore } from '../../src/engine/recipe-store'
import { HistoryState } from '../../src/state/history-state.svelte'
import { reportModel, reportOf } from '../unit/report/report-model'
import { deleteJournal, holdJournal } from './journal-storage'

interface DevTools {
  send(method: string, params: Readonly<Record<string, unknown>>): Promise<unknown>
}

const devTools = cdp() as unknown as DevTools
const LIMITS: HistoryLimits = { count: 3, bytes: 1_000, reportBytes: 500 }

let problems: string[]

beforeEach(async () => {
  problems = []
  await deleteJournal()
})

afterEach(async () => {
  await deleteJournal()
})

function historyWith(limits?: HistoryLimits, onChange = (): void => undefined): ComparisonHistory {
  return new ComparisonHistory((problem) => problems.push(problem), onChange, limits)
}

function past(at: number, bytes = 100): PastComparison {
  const createdAt = new Date(at).toISOString()
  return {
    id: String(at),
    name: `run ${String(at)}`,
    verdict: 'a leads b.',
    createdAt,
    savedAt: at,
    bytes,
  }
}

function recipe(at: number): KeptRecipe {
  return { id: String(at), datasetName: 'rows.csv', savedAt: at, setup: {} }
}

const namesOf = async (history: ComparisonHistory) =>
  (await history.list())?.map(({ name }) => name)

/** As an earlier version of the page has left it. */
function makeEarlier(version: 1 | 2): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('bakeoff', version)
    request.onupgradeneeded = () => {
      const database = request.result
      database.createObjectStore('answers', { keyPath: ['key', 'start', 'end'] })
      database.createObjectStore('models', { keyPath: 'key' })
      database.createObjectStore('sessions', { keyPath: 'id' }).put({ id: 's', title: 'kept' })
      database.createObjectStore('files', { keyPath: 'id' })
      if (version === 1) return
      database.createObjectStore('history', { keyPath: 'id' }).put(past(7))
      database.createObjectStore('reports', { keyPath: 'id' }).put({ id: '7', text: '{}' })
    }
    request.onsuccess = () => {
      request.result.close()
      resolve()
    }
    request.onerror = () => reject(request.error ?? new Error('not opened'))
  })
}

describe('history', () => {
  it('keeps the newest within its limits, and no report that is too large', async () => {
    const history = historyWith(LIMITS)
    for (const at of [1, 2, 3, 4]) await history.put(past(at), `{"at":${String(at)}}`)
    expect(await namesOf(history)).toEqual(['run 4', 'run 3', 'run 2'])
    expect(await history.report('1')).toBeNull()
    expect(await history.report('4')).toBe('{"at":4}')
    await history.put(past(5, 450), '{}')
    await history.put(past(6, 480), '{}')
    expect(await namesOf(history)).toEqual(['run 6', 'run 5'])
    expect(problems).toEqual([])
    await history.put(past(7, 501), '{}')
    expect(problems).toEqual([
      'run 7 is not in the history: its report has 501 B, up to 500 B are kept. Download it instead.',
    ])
    expect(await namesOf(history)).toEqual(['run 6', 'run 5'])
  })

  it('tells other tabs what has changed', async () => {
    let changes = 0
    const other = historyWith(LIMITS, () => (changes += 1))
    const history = historyWith(LIMITS)
    await history.put(past(1), '{}')
    await expect.poll(() => changes).toBe(1)
    await history.rename('1', 'renamed')
    await expect.poll(() => changes).toBe(2)
    expect(await namesOf(other)).toEqual(['renamed'])
    await history.delete(['1'])
    await expect.poll(() => changes).toBe(3)
    expect(await namesOf(other)).toEqual([])
    expect(await other.report('1')).toBeNull()
  })

  it('I71 no room left on disk: one line, nothing half kept, and the next is tried', async () => {
    const { origin } = location
    await devTools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
    await devTools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
    const history = historyWith()
    expect(await history.put(past(1), 'x'.repeat(1_000_000))).toBeNull()
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(
      /^run 1 is not in the history: the disk space for this page is used up\. Delete/,
    )
    await devTools.send('Storage.overrideQuotaForOrigin', { origin })
    await devTools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
    expect(await history.put(past(2), '{}')).toBe(true)
    expect(await namesOf(history)).toEqual(['run 2'])
    expect(problems).toHaveLength(1)
  })

  it.each([1, 2] as const)(
    'opens a database of version %i, with all that it keeps',
    async (version) => {
      await makeEarlier(version)
      const history = historyWith()
      expect(await history.put(past(1), '{}')).toBe(true)
      const journal = new Journal((problem) => problems.push(problem))
      expect(await journal.sessions()).toEqual([{ id: 's', title: 'kept' }])
      expect(await namesOf(history)).toEqual([...(version === 1 ? [] : ['run 7']), 'run 1'])
      const recipes = new RecipeStore((problem) => problems.push(problem))
      await recipes.put(recipe(1))
      expect(await recipes.get('1')).toEqual(recipe(1))
      expect(problems).toEqual([])
    },
  )

  it('keeps the latest recipes', async () => {
    const recipes = new RecipeStore((problem) => problems.push(problem))
    for (let at = 0; at <= MOST_RECIPES; at += 1) await recipes.put(recipe(at))
    await recipes.put({ ...recipe(5), savedAt: 1_000 })
    const kept = await recipes.list()
    expect(kept).toHaveLength(MOST_RECIPES)
    expect(kept?.slice(0, 2).map(({ id }) => id)).toEqual(['5', String(MOST_RECIPES)])
    expect(await recipes.get('0')).toBeNull()
    await recipes.delete(['5'])
    expect(await recipes.get('5')).toBeNull()
    expect(problems).toEqual([])
  })

  it('does what is asked of it one after another: a slow deletion does not speak over an import', async () => {
    const history = new HistoryState(createReaderClient())
    await history.add(reportOf([reportModel('a')]))
    const [kept] = history.items
    if (kept === undefined) throw new Error('nothing is kept')
    // The reader has started: from here on the import would be the faster one.
    await history.import(new File(['{}'], 'first.json'))
    const release = await holdJournal()
    const deletion = history.delete(kept)
    const importing = history.import(new File(['{"schema":"bakeoff.history/1"}'], 'other.json'))
    await new Promise((resolve) => setTimeout(resolve, 200))
    release()
    await deletion
    expect(history.notice?.text).toBe(`${kept.name} is deleted.`)
    await importing
    expect(history.notice?.text).toMatch(/^"other\.json" is no history that can be read\./)
    expect(history.notice?.undo).toBeNull()
    expect(history.items).toEqual([])
  })
})
