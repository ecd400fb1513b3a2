import type { Preparation, Proposal } from '../contract/reader'
import type { DatasetInfo, Roles } from '../core/dataset'
import { checkpointModels } from '../core/checkpoint-models'
import { DEFAULT_SETTINGS, type EvaluationSettings, type Machine } from '../core/evaluation'
import type { Failure, Outcome } from '../core/failure'
import type { MetricInfo } from '../core/metric'
import type { MarketColumns } from '../core/policy'
import type { ModelInfo, ModelMapping } from '../core/model'
import type { SeenImage } from '../core/seen-image'
import { isEveryRow, type RowChoice } from '../core/row-choice'
import type { TaskInfo, TaskKind, Tolerance } from '../core/task'
import { DEFAULT_TOLERANCE } from '../core/tolerance'
import { choicesWithMapping, withMappedColumns, withMappings } from './model-mappings'
import { planEvaluation, type EvaluationPlan } from '../engine/plan'
import type { ReaderClient } from '../engine/reader-client'
import { choicesWithin, inDataOrder, type SetupChoices } from './choices-within'
import { fitPieces } from './fit-pieces'
import { labelsToAgree, type LabelsToAgree } from './labels-to-agree'
import { proposeBaseline } from './propose-baseline'
import { preferWasm, policyRequest, policyRoles, resolveMarket } from './policy-choices'
import type { FileShelf } from './file-shelf.svelte'
import { setupBlocker } from './setup-blocker'

/** `reference`: of a parity check, recorded answers. */
export type Role = 'target' | 'feature' | 'reference' | 'ignored'

/**
 * What is asked of the models on the shelf. Made anew after every change; while a change is being
 * worked on another may come, and only the latest counts.
 */
export class SetupState {
  tasks = $state.raw<readonly TaskInfo[]>([])
  machine = $state.raw<Machine | null>(null)
  settings = $state.raw<EvaluationSettings>(DEFAULT_SETTINGS)
  choices = $state.raw<SetupChoices>({})
  /** Null: {@link baseline} is proposed. */
  baselineId = $state<string | null>(null)
  /** Of the baseline where no model is chosen by {@link baselineId}; it may come later. */
  baselineName = $state<string | null>(null)
  proposal = $state.raw<Outcome<Proposal> | null>(null)
  preparation = $state.raw<Outcome<Preparation> | null>(null)
  isSettling = $state(false)
  /** Why images cannot be read as they are set up. */
  imageFailure = $state.raw<Failure | null>(null)

  readonly #shelf: FileShelf
  readonly #reader: ReaderClient
  #revision = 0
  #settledRevision = 0
  #settling: Promise<void> | null = null
  #isHeld = false
  #proposedFor = ''

  constructor(shelf: FileShelf, reader: ReaderClient) {
    this.#shelf = shelf
    this.#reader = reader
  }

  get dataset(): DatasetInfo | null {
    return this.#shelf.dataset?.info ?? null
  }

  get #proposed(): Proposal | null {
    return this.proposal?.ok === true ? this.proposal.value : null
  }

  /** Which column plays which part of the market; null for other tasks. */
  get market(): MarketColumns | null {
    if (this.kind !== 'policy') return null
    return resolveMarket(this.#proposed?.market ?? null, this.choices.market)
  }

  get roles(): Roles {
    const { market } = this
    return market === null ? this.#columnRoles : policyRoles(market)
  }

  /** Chosen, else proposed. */
  get #target(): string | null {
    const { target } = this.choices
    return target === undefined ? (this.#proposed?.roles.target ?? null) : target
  }

  get #columnRoles(): Roles {
    const { choices, kind } = this
    const proposed = this.#proposed?.roles
    const chosen = choices.features ?? proposed?.features ?? []
    const features = withMappedColumns(chosen, this.#shelf.readyModels, choices.mappings)
    if (kind === 'parity') {
      const reference = choices.reference ?? proposed?.reference ?? []
      const others = features.filter((name) => !reference.includes(name))
      return { target: null, features: others, reference }
    }
    const target = this.#target
    return { target, features: features.filter((name) => name !== target) }
  }

  get tolerance(): Tolerance {
    return this.choices.tolerance ?? DEFAULT_TOLERANCE
  }

  /** Which rows are compared, of those that are complete. */
  get rows(): RowChoice {
    const { filter = [], sample = null } = this.choices
    return { filter, sample, seed: this.settings.seed }
  }

  get kind(): TaskKind | null {
    if (this.choices.kind !== undefined) return this.choices.kind
    const proposed = this.#proposed
    if (proposed === null) return null
    const target = this.#target
    if (target === proposed.roles.target) return proposed.kind
    // The proposal was made for another target: the type of this one decides where it can.
    const type = this.dataset?.columns.find((column) => column.name === target)?.type
    if (type === 'text') return 'classification'
    if (type === 'number') return 'regression'
    return proposed.kind === 'parity' ? 'classification' : proposed.kind
  }

  get task(): TaskInfo | null {
    return this.tasks.find((task) => task.kind === this.kind) ?? null
  }

  /** Of a backtest as the chosen convention defines them. */
  get metrics(): readonly MetricInfo[] {
    if (this.kind === 'policy' && this.prepared?.policy != null) return this.prepared.policy.metrics
    return this.task?.metrics ?? []
  }

  get metric(): MetricInfo | null {
    const { task, metrics } = this
    if (task === null) return null
    const find = (id: string | undefined) => metrics.find((metric) => metric.id === id)
    return (
      find(this.choices.metric) ?? find(this.#proposed?.metric) ?? find(task.defaultMetric) ?? null
    )
  }

  get prepared(): Preparation | null {
    return this.preparation?.ok === true ? this.preparation.value : null
  }

  /** What is compared: checkpoints of one policy are one model. */
  readonly models: readonly ModelInfo[] = $derived.by(() => {
    const { readyModels } = this.#shelf
    return this.kind === 'policy'
      ? checkpointModels(readyModels)
      : withMappings(readyModels, this.choices.mappings ?? [])
  })

  /** What the others are held against: as chosen, else as names and order say. */
  get baseline(): ModelInfo | null {
    const { models } = this
    return this.#chosenBaseline ?? proposeBaseline(models, this.kind)
  }

  /** Name of the baseline that was chosen; null where one is proposed. */
  get chosenBaseline(): string | null {
    return this.#chosenBaseline?.name ?? this.baselineName
  }

  get #chosenBaseline(): ModelInfo | null {
    const byId = this.models.find((model) => model.id === this.baselineId)
    return byId ?? this.models.find((model) => model.name === this.baselineName) ?? null
  }

  get alikeLabels(): LabelsToAgree | null {
    return labelsToAgree(this.prepared?.labels?.alike, this.choices)
  }

  /** Models that the preparation can feed and read. */
  get fitModels(): readonly ModelInfo[] {
    const bindings = this.prepared?.bindings ?? {}
    return this.models.filter((model) => bindings[model.id]?.ok === true)
  }

  /** Why models take no part. */
  get unfit(): readonly { readonly model: ModelInfo; readonly failure: Failure }[] {
    const bindings = this.prepared?.bindings ?? {}
    return this.models.flatMap((model) => {
      const binding = bindings[model.id]
      return binding?.ok === false ? [{ model, failure: binding.failure }] : []
    })
  }

  readonly plan: EvaluationPlan | null = $derived.by(() => this.#plan())

  /** Why the comparison cannot run as it stands; null where it can. */
  readonly blocker: Failure | null = $derived.by(() => setupBlocker(this, this.#shelf))

  roleOf(column: string): Role {
    const { target, features, reference = [] } = this.roles
    if (column === target) return 'target'
    if (reference.includes(column)) return 'reference'
    return features.includes(column) ? 'feature' : 'ignored'
  }

  setRole(column: string, role: Role): void {
    const { target, features, reference = [] } = this.roles
    const others = features.filter((name) => name !== column)
    const recorded = reference.filter((name) => name !== column)
    if (role === 'target') {
      this.choose({ target: column, features: others })
    } else if (this.kind === 'parity') {
      const next = role === 'feature' ? this.#withColumn(others, column) : others
      const answers = role === 'reference' ? this.#withColumn(recorded, column) : recorded
      this.choose({ features: next, reference: answers })
    } else {
      const next = role === 'feature' ? this.#withColumn(others, column) : others
      // A target that becomes something else leaves the task without one.
      this.choose(column === target ? { target: null, features: next } : { features: next })
    }
  }

  setMapping(model: string, mapping: ModelMapping): void {
    this.choices = choicesWithMapping(this.choices, model, mapping)
    this.refresh()
  }

  /** Every column but the target that could be a feature, or none. */
  setAllFeatures(isOn: boolean): void {
    const numeric = (this.dataset?.columns ?? []).filter((column) => column.type !== 'text')
    this.choose({ features: isOn ? numeric.map((column) => column.name) : [] })
  }

  choose(choices: SetupChoices): void {
    this.choices = { ...this.choices, ...choices }
    this.refresh()
  }

  /** A parity check is fitted to its baseline. */
  chooseBaseline(modelId: string | null): void {
    this.baselineId = modelId
    if (this.kind === 'parity') this.refresh()
  }

  resetChoices(): void {
    this.choices = {}
    this.refresh()
  }

  setSettings(settings: Partial<EvaluationSettings>): void {
    const { seed } = this.settings
    this.settings = { ...this.settings, ...settings }
    if (this.settings.seed !== seed && this.rows.sample?.kind === 'random') this.refresh()
  }

  /** Something that the preparation depends on has changed. */
  refresh(): void {
    this.#revision += 1
    if (this.#isHeld || this.#settling !== null) return
    this.isSettling = true
    this.#settling = this.#settle().finally(() => {
      this.#settling = null
      this.isSettling = false
    })
  }

  async settled(): Promise<void> {
    while (this.#settling !== null) await this.#settling
  }

  /** While a run reads from the preparation it must not be replaced. */
  hold(): void {
    this.#isHeld = true
  }

  release(): void {
    this.#isHeld = false
    if (this.#settledRevision !== this.#revision) this.refresh()
  }

  async #settle(): Promise<void> {
    while (this.#settledRevision !== this.#revision && !this.#isHeld) {
      const revision = this.#revision
      await this.#fitImages()
      if (revision !== this.#revision) continue
      await this.#propose()
      if (revision !== this.#revision) continue
      const preparation = await this.#prepare()
      if (revision !== this.#revision) continue
      this.preparation = preparation
      this.#settledRevision = revision
    }
  }

  /** The first images as the models see them. */
  async seenImages(count: number): Promise<readonly SeenImage[]> {
    const { dataset } = this
    if (dataset?.images === undefined) return []
    const seen = await this.#reader.seenImages(dataset.id, count)
    return seen.ok ? seen.value : []
  }

  /** Reads images as the models want them and the user chose. */
  async #fitImages(): Promise<void> {
    const { dataset, choices } = this
    const images = dataset?.images
    const models = this.#shelf.readyModels
    const fitted =
      dataset === null || images === undefined
        ? null
        : await this.#reader.fitImages(dataset.id, models, choices.images ?? {})
    this.imageFailure = fitted?.ok === false ? fitted.failure : null
    if (fitted?.ok === true) this.#shelf.setInfo(fitted.value)
  }

  async #propose(): Promise<void> {
    const { dataset } = this
    const models = this.#shelf.readyModels
    const key =
      dataset === null
        ? ''
        : [dataset.id, dataset.sha256, ...models.map((model) => model.id)].join(' ')
    if (key === this.#proposedFor) return
    const proposal = dataset === null ? null : await this.#reader.propose(dataset.id, models)
    this.#proposedFor = key
    this.proposal = proposal
    if (dataset !== null) this.choices = choicesWithin(this.choices, dataset)
  }

  async #prepare(): Promise<Outcome<Preparation> | null> {
    const { dataset, kind, models } = this
    if (dataset === null || models.length === 0) return null
    if (this.imageFailure !== null) return { ok: false, failure: this.imageFailure }
    if (kind === null) return this.proposal?.ok === false ? this.proposal : null
    const { market, choices, roles, rows, tolerance } = this
    const baselineId = this.baseline?.id ?? null
    return this.#reader.prepare({
      ...{ datasetId: dataset.id, kind, roles, models },
      ...(kind === 'parity' ? { parity: { baselineId, tolerance } } : {}),
      ...(isEveryRow(rows) ? {} : { rows }),
      ...(market === null ? {} : { policy: policyRequest(market, choices) }),
    })
  }

  #withColumn(names: readonly string[], column: string): readonly string[] {
    return this.dataset === null ? names : inDataOrder([...names, column], this.dataset)
  }

  #plan(): EvaluationPlan | null {
    const { machine, prepared } = this
    if (machine === null || prepared === null || this.fitModels.length === 0) return null
    const models = this.fitModels.map((model) => {
      const binding = prepared.bindings[model.id]
      const rowBytes = binding?.ok === true ? binding.value.rowBytes : 1
      return {
        id: model.id,
        name: model.name,
        bytes: model.bytes,
        wasmOnly: model.wasmOnly,
        prefersWasm: preferWasm(model),
        usesFloat16: model.usesFloat16,
        rowBytes,
      }
    })
    const plan = planEvaluation(models, prepared.rows, machine, this.settings)
    return fitPieces(plan, prepared, this.dataset)
  }
}
