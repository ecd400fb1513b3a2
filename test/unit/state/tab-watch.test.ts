import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { TabWatch } from '../../../src/state/tab-watch'

/** Stands for `document` alone: hidden and shown as the browser would. */
class Tab extends EventTarget {
  hidden = false

  show(isShown: boolean): void {
    this.hidden = !isShown
    this.dispatchEvent(new Event('visibilitychange'))
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** The wall clock goes on, no timer fires: a frozen page or a sleeping machine. */
function sleep(ms: number): void {
  vi.setSystemTime(Date.now() + ms)
}

function watch(tab = new Tab()) {
  const notes: string[] = []
  return { tab, notes, watch: new TabWatch(tab, (text) => notes.push(text)) }
}

describe('TabWatch', () => {
  it('says nothing of a tab that was visible and awake', () => {
    const { notes, watch: tabWatch } = watch()
    vi.advanceTimersByTime(60_000)
    expect(tabWatch.end()).toEqual([])
    expect(notes).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('notes once that the tab was hidden, for a part or for all of the run', () => {
    const part = watch()
    part.tab.show(false)
    part.tab.show(true)
    part.tab.show(false)
    expect(part.notes).toEqual(['The tab is hidden: times are not comparable.'])
    expect(part.watch.end()).toEqual([
      'The tab was hidden for part of the run: times are not comparable.',
    ])
    const hidden = new Tab()
    hidden.hidden = true
    expect(watch(hidden).watch.end()).toEqual([
      'The tab was hidden for all of the run: times are not comparable.',
    ])
  })

  it('notes a page that stood still, and for how long', () => {
    const { notes, watch: tabWatch } = watch()
    sleep(600_000)
    vi.advanceTimersByTime(1_000)
    expect(notes).toEqual([
      'The page stood still for 601 s, frozen or asleep: times are not comparable.',
    ])
    expect(tabWatch.end()).toEqual([
      'The page stood still for part of the run, frozen or asleep: times are not comparable.',
    ])
  })

  it('notes a standstill that ends with the run', () => {
    const { watch: tabWatch } = watch()
    sleep(3_001)
    expect(tabWatch.end()).toHaveLength(1)
  })

  it('takes neither short gaps nor the slow timers of a hidden tab for a standstill', () => {
    const { tab, notes, watch: tabWatch } = watch()
    sleep(1_900)
    vi.advanceTimersByTime(1_000)
    expect(notes).toEqual([])
    tab.show(false)
    sleep(60_000)
    vi.advanceTimersByTime(1_000)
    sleep(60_000)
    tab.show(true)
    vi.advanceTimersByTime(5_000)
    expect(notes).toHaveLength(1)
    expect(tabWatch.end()).toHaveLength(1)
  })

  it('is quiet after its end', () => {
    const { tab, notes, watch: tabWatch } = watch()
    tabWatch.end()
    tab.show(false)
    sleep(60_000)
    vi.advanceTimersByTime(5_000)
    expect(notes).toEqual([])
  })
})
