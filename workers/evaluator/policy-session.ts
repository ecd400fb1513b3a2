import type * as Ort from 'onnxruntime-web'
import type { PolicyInfo, PolicyStateInfo } from '../../src/core/model'
import {
  chooseActions,
  type BadAnswer,
  type PolicyAnswers,
} from '../../src/tasks/policy/choose-actions'
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
  #before: Record<string, Ort.Tensor> = {}
  #answers: PolicyAnswers | null = null
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
    this.#choose(await this.#run(observations, this.#stepDims()), actions)
  }

  /**
   * `bars` bars of every row at once, along the time axis.
   * @param observations in the order of the graph's axes
   * @param actions in the same order, written
   */
  async sequence(observations: Float32Array, bars: number, actions: Float64Array): Promise<void> {
    this.#choose(await this.#run(observations, this.#timeDims(bars)), actions)
  }

  /**
   * Whether no bar is answered differently for other bars behind it. A graph with a time axis may look
   * at bars to come, as a bidirectional layer does, or at all of them, as a scale that is found while
   * running. Ends with states of zero for one row.
   * @param observations bars × observation width, of one row
   */
  async isCausal(observations: Float32Array): Promise<boolean> {
    const bars = observations.length / this.policy.observationWidth
    const half = observations.length >> 1
    const changed = observations.map((value, at) => (at < half ? value : 1 - 2 * value))
    const halves: PolicyAnswers[] = []
    for (const block of [observations, changed]) {
      this.reset(1)
      const answers = await this.#run(block, this.#timeDims(bars))
      halves.push(answers.slice(0, answers.length >> 1))
    }
    this.reset(1)
    const [one, other] = halves
    return one?.every((value, at) => Object.is(value, other?.[at])) === true
  }

  /** {@link sequence} for bars that may not count: NaN stands where an answer is no action. */
  async tryBars(observations: Float32Array, bars: number, actions: Float64Array): Promise<void> {
    this.#before = { ...this.#states }
    this.#answers = await this.#run(observations, this.#timeDims(bars))
    this.#read(this.#answers, actions)
  }

  /** {@link step} for rows that may not count, as {@link tryBars}. */
  async tryRows(observations: Float32Array, actions: Float64Array): Promise<void> {
    this.#answers = await this.#run(observations, this.#stepDims())
    this.#read(this.#answers, actions)
  }

  /** After {@link tryBars}: the states of the rows that are not marked are those of before. */
  keepStates(marks: Uint8Array): void {
    if (!marks.includes(0)) return
    if (!marks.includes(1)) {
      this.#states = this.#before
      return
    }
    for (const state of this.policy.states) {
      const [data, before] = [this.#states, this.#before].map((states) => states[state.input]?.data)
      if (!(data instanceof Float32Array) || !(before instanceof Float32Array)) continue
      this.#eachRow(state, (row, from, to) => {
        if (marks[row] === 0) data.set(before.subarray(from, to), from)
      })
    }
  }

  /** After {@link tryBars} or {@link tryRows}: why row `row` is no action. */
  badAction(row: number): BadAction {
    const { answerKind, actionCount } = this.policy
    const step = answerKind === 'scores' ? (actionCount ?? 1) : 1
    return new BadAction(row, Number(this.#answers?.[row * step]))
  }

  #stepDims(): readonly number[] {
    const { axes, observationWidth } = this.policy
    return axes === 'batch' ? [this.#batch, observationWidth] : this.#timeDims(1)
  }

  #timeDims(bars: number): readonly number[] {
    const { axes, observationWidth } = this.policy
    return axes === 'time,batch'
      ? [bars, this.#batch, observationWidth]
      : [this.#batch, bars, observationWidth]
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
    const bad = this.#read(answers, actions)
    if (bad !== null) throw new BadAction(bad.row, bad.value)
  }

  #read(answers: PolicyAnswers, actions: Float64Array): BadAnswer | null {
    const { answerKind, actionCount } = this.policy
    const widest = { scores: 1, index: Infinity, target: 1 }[answerKind]
    return chooseActions(answerKind, answers, actionCount ?? widest, actions)
  }

  #resetState(state: PolicyStateInfo, marks: Uint8Array): void {
    const data = this.#states[state.input]?.data
    if (!(data instanceof Float32Array)) return
    this.#eachRow(state, (row, from, to) => {
      if (marks[row] === 1) data.fill(0, from, to)
    })
  }

  /** Where the numbers of each row of the batch lie in a state: in one place per outer axis. */
  #eachRow(
    { batchAxis, shape }: PolicyStateInfo,
    visit: (row: number, from: number, to: number) => void,
  ): void {
    const product = (sizes: readonly number[]) => sizes.reduce((all, size) => all * size, 1)
    const outer = product(shape.slice(0, batchAxis))
    const inner = product(shape.slice(batchAxis + 1))
    for (let o = 0; o < outer; o += 1) {
      for (let row = 0; row < this.#batch; row += 1) {
        const from = (o * this.#batch + row) * inner
        visit(row, from, from + inner)
      }
    }
  }
}
