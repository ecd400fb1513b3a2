import type { BakeoffPage } from './bakeoff-page'

export interface EvaluatorCount {
  /** Evaluator workers started since the watch began. */
  started: number
  mostAtOnce: number
}

/** Counts evaluator workers as the browser tells of them. */
export function watchEvaluators(bakeoff: BakeoffPage): EvaluatorCount {
  const count = { started: 0, mostAtOnce: 0 }
  bakeoff.page.on('worker', (worker) => {
    if (!worker.url().includes('evaluator.worker')) return
    count.started += 1
    count.mostAtOnce = Math.max(count.mostAtOnce, bakeoff.evaluators().length)
  })
  return count
}
