import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { PolicyRequest, Preparation } from '../../../src/contract/reader'
import type { Outcome } from '../../../src/core/failure'
import type { ModelInfo } from '../../../src/core/model'
import type { PolicySettings } from '../../../src/core/policy'
import type { ModelScores } from '../../../src/core/report'
import { Analysis } from '../../../workers/analysis/analysis'
import { Reader } from '../../../workers/reader/reader'
import { digits, samples, type Rollout } from '../tasks/policy/read-samples'

const POLICIES = new URL('../../fixtures/policies/', import.meta.url)

export function unwrap<T>(outcome: Outcome<T> | undefined): T {
  if (outcome === undefined) throw new Error('nothing came back')
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`)
  return outcome.value
}

export function fileAt(name: string): File {
  return new File([readFileSync(new URL(name, POLICIES))], name)
}

export interface Change {
  readonly settings?: Partial<PolicySettings>
  readonly windows?: PolicyRequest['windows']
  readonly hasTimes?: boolean
}

/** Reader and analysis as a comparison uses them, without their workers. */
export function policyComparison(isIsolated = true) {
  const reader = new Reader(isIsolated)
  const analysis = new Analysis()
  const prepare = async (names: readonly string[], change: Change = {}) => {
    unwrap(await reader.readDataset(fileAt('market-15min.csv'), 'd', () => undefined))
    const models: ModelInfo[] = []
    for (const name of names) models.push(unwrap(await reader.readModel(fileAt(name), name)))
    const proposal = unwrap(await reader.propose('d', models))
    if (proposal.market === null) throw new Error('no market was proposed')
    const { fee, size, initialBalance } = samples.policy
    const policy: PolicyRequest = {
      market: change.hasTimes === false ? { ...proposal.market, time: null } : proposal.market,
      settings: { fee, size, initialBalance, ...change.settings },
      windows: change.windows === undefined ? samples.windows : change.windows,
    }
    const { kind, roles } = proposal
    const request = { datasetId: 'd', kind, roles, models, policy }
    return { proposal, preparation: structuredClone(unwrap(await reader.prepare(request))) }
  }

  const score = async (
    { rows, labels, bindings }: Preparation,
    name: string,
    actions: Float64Array,
    reset: Float64Array = actions,
  ): Promise<ModelScores> => {
    const targets = structuredClone(unwrap(await reader.targets()))
    await analysis.begin({ kind: 'policy', rows, targets, labels })
    const { output } = unwrap(bindings[name])
    const { width } = output
    const answers = new Float64Array(rows * width)
    for (let row = 0; row < rows; row += 1) {
      answers[row * width] = actions[row] ?? 0
      if (width === 2) answers[row * width + 1] = reset[row] ?? 0
    }
    const half = Math.floor(rows / 2)
    unwrap(await analysis.addAnswers(name, output, half, rows, answers.slice(half * width)))
    unwrap(await analysis.addAnswers(name, output, 0, half, answers.slice(0, half * width)))
    return structuredClone(unwrap(await analysis.score(name)))
  }
  return { reader, analysis, prepare, score }
}

/** One answer per bar of each window, the last bar's being 0. */
export function answersOf(rollouts: readonly Rollout[]): Float64Array {
  return Float64Array.from(rollouts.flatMap(({ actions }) => [...digits(actions), 0]))
}

export function expectFigures(metrics: ModelScores['metrics'] | undefined, rollout: Rollout): void {
  expect(Object.keys(metrics ?? {})).toHaveLength(12)
  for (const [id, figure] of Object.entries(rollout.metrics)) {
    const value = metrics?.[id] ?? NaN
    const tolerance = 1e-6 * Math.max(1, Math.abs(figure))
    expect(Math.abs(value - figure), `${id}: ${String(value)}`).toBeLessThan(tolerance)
  }
}
