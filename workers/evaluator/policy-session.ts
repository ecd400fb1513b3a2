import type * as Ort from 'onnxruntime-web'
import type { PolicyInfo, PolicyStateInfo } from '../../src/core/model'
import { chooseActions, type PolicyAnswers } from '../../src/tasks/policy/choose-actions'
import type { Runtime } from './runtime'

/** An answer that is no action: NaN scores, or an index beyond the actions. */
export class BadAction extends Error {
  override readonly name = 'BadAction'

  constructor(
    readonly row: number,
    readonly value: number,
  ) {
    super(`answered ${String(value)} where an action was expected`)
  }
}

/** A policy's session with the recurrent state that it carries from run to run. */
export class PolicySession {
  #states: Record<string, Ort.Tensor> = {}
  #batch = 0

  constructor(
    private readonly runtime: Runtime,
    private readonly session: Ort.InferenceSession,
    private readonly policy: PolicyInfo,
  ) {}

  /** Zero states for a batch: the start of an episode. */
  reset(batch: number): void {
    this.#batch = batch
    this.#states = Object.fromEntries(
      this.policy.states.map((state) => {
        const dims = state.shape.map((size, axis) => (axis === state.batchAxis ? batch : size))
        const data = new Float32Array(dims.reduce((product, size) => product * size, 1))
        return [state.input, new this.runtime.Tensor('float32', data, dims)]
      }),
    )
  }

  /** Zero states for the rows of the batch that are marked with 1. */
  resetRows(marks: Uint8Array): void {
    if (!marks.includes(1)) return
    for (const state of this.policy.states) this.#resetState(state, marks)
  }

  /**
   * One bar for every row of the batch.
   * @param observations row-major batch × observation width
   * @param actions one per row, written
   * @throws BadAction for an answer that is none
   */
  async step(observations: Float32Array, actions: Float64Array): Promise<void> {
    const { axes, observationWidth } = this.policy
    const dims = { batch: [], 'batch,time': [1], 'time,batch': [] }[axes]
    const lead = axes === 'time,batch' ? [1, this.#batch] : [this.#batch, ...dims]
    const answers = await this.#run(observations, [...lead, observationWidth])
    this.#choose(answers, actions)
  }

  /**
   * `bars` bars of every row at once, along the time axis.
   * @param observations in the order of the graph's axes
   * @param actions in the same order, written
   */
  async sequence(observations: Float32Array, bars: number, actions: Float64Array): Promise<void> {
    const { axes, observationWidth } = this.policy
    const lead = axes === 'time,batch' ? [bars, this.#batch] : [this.#batch, bars]
    this.#choose(await this.#run(observations, [...lead, observationWidth]), actions)
  }

  async #run(observations: Float32Array, dims: readonly number[]): Promise<PolicyAnswers> {
    const { observation, answer, states } = this.policy
    const feeds = {
      ...this.#states,
      [observation]: new this.runtime.Tensor('float32', observations, dims),
    }
    const wanted = [answer, ...states.map(({ output }) => output)]
    const outputs = await this.runtime.guard(() => this.session.run(feeds, wanted))
    for (const { input, output } of states) {
      const next = outputs[output]
      if (next !== undefined) this.#states[input] = next
    }
    const answers = outputs[answer]
    if (answers === undefined) throw new Error(`no output ${answer}`)
    return answers.data as PolicyAnswers
  }

  #choose(answers: PolicyAnswers, actions: Float64Array): void {
    const { answerKind, actionCount } = this.policy
    const width = answerKind === 'scores' ? (actionCount ?? 1) : 1
    const count = answerKind === 'index' ? (actionCount ?? Infinity) : width
    const bad = chooseActions(answerKind, answers, answerKind === 'index' ? count : width, actions)
    if (bad !== null) throw new BadAction(bad.row, bad.value)
  }

  #resetState({ input, batchAxis, shape }: PolicyStateInfo, marks: Uint8Array): void {
    const data = this.#states[input]?.data
    if (!(data instanceof Float32Array)) return
    const product = (sizes: readonly number[]) => sizes.reduce((all, size) => all * size, 1)
    const outer = product(shape.slice(0, batchAxis))
    const inner = product(shape.slice(batchAxis + 1))
    for (let o = 0; o < outer; o += 1) {
      for (let row = 0; row < marks.length; row += 1) {
        if (marks[row] !== 1) continue
        const from = (o * this.#batch + row) * inner
        data.fill(0, from, from + inner)
      }
    }
  }
}
