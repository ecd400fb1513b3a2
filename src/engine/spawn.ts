/** The only file that names the workers' files. */
export function spawnEvaluator(): Worker {
  return new Worker(new URL('../../workers/evaluator.worker.ts', import.meta.url), {
    type: 'module',
    name: 'evaluator',
  })
}

export function spawnReader(): Worker {
  return new Worker(new URL('../../workers/reader.worker.ts', import.meta.url), {
    type: 'module',
    name: 'reader',
  })
}

export function spawnAnalysis(): Worker {
  return new Worker(new URL('../../workers/analysis.worker.ts', import.meta.url), {
    type: 'module',
    name: 'analysis',
  })
}
