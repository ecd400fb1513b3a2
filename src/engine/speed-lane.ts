import { proxy } from 'comlink'
import type {
  EvaluatorApi,
  EvaluatorPhase,
  Loaded,
  SideRequest,
  Turn,
  TurnRequest,
} from '../contract/evaluator'
import { loadedBytes } from '../core/loaded-bytes'
import { success, type Outcome } from '../core/failure'
import { SESSION_BYTES_PER_MS, type Deadlines } from './deadlines'
import { spawnEvaluator } from './spawn'
import { SupervisedWorker } from './supervised-worker'

/** One evaluator worker that times two models in turn; after a failure it is not touched again. */
export class SpeedLane {
  readonly #worker = new SupervisedWorker<EvaluatorApi>(spawnEvaluator, 'The evaluator')
  #isConnected = false
  #phase: EvaluatorPhase = 'runtime'
  /** When the worker was started: a device loss before that is another device's. */
  readonly openedAt = performance.now()

  constructor(private readonly deadlines: Deadlines) {}

  get isOpen(): boolean {
    return this.#worker.end === null
  }

  async load(request: SideRequest): Promise<Outcome<Loaded>> {
    const { name } = request.model
    if (!this.#isConnected) {
      const connected = await this.#connect(name)
      if (!connected.ok) return this.#end(connected)
    }
    this.#phase = 'runtime'
    const { runtimeMs, sessionMs } = this.deadlines
    const limit = () =>
      this.#phase === 'runtime'
        ? runtimeMs
        : sessionMs + loadedBytes(request.model) / SESSION_BYTES_PER_MS
    const loaded = await this.#worker.call(`Loading ${name}`, limit, (api) => api.loadSide(request))
    return loaded.ok ? loaded : this.#end(loaded)
  }

  /** @param expectedMs null for the first turn, which compiles shaders */
  async takeTurn(
    name: string,
    request: TurnRequest,
    expectedMs: number | null,
  ): Promise<Outcome<Turn>> {
    const { firstBatchMs, batchMs, batchFactor } = this.deadlines
    const limit = expectedMs === null ? firstBatchMs : batchMs + batchFactor * expectedMs
    const turn = await this.#worker.call(name, limit, (api) => api.takeTurn(request))
    return turn.ok ? turn : this.#end(turn)
  }

  /** Whether the machine has slept or the tab been frozen since then, on the page's clock. */
  sleptSince(at: number): boolean {
    return this.#worker.sleptSince(at)
  }

  close(): void {
    this.#worker.close()
  }

  async #connect(name: string): Promise<Outcome<null>> {
    const onPhase = proxy((phase: EvaluatorPhase) => {
      this.#worker.touch()
      this.#phase = phase
    })
    const starting = `Starting the worker for ${name}`
    const connected = await this.#worker.call(starting, this.deadlines.runtimeMs, async (api) => {
      await api.connect(
        proxy(() => undefined),
        onPhase,
      )
      return success(null)
    })
    this.#isConnected = connected.ok
    return connected
  }

  #end<T extends Outcome<never>>(outcome: T): T {
    this.#worker.close()
    return outcome
  }
}
