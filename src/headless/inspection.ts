import { columnTypeText, type ColumnInfo, type DatasetInfo, type ImagesInfo } from '../core/dataset'
import { displayText } from '../core/display-text'
import {
  formatBytes,
  formatCount,
  formatList,
  formatQuantity,
  UNDEFINED_FIGURE,
} from '../core/format'
import { IMAGE_PRESETS, presetOf } from '../core/image-settings'
import { describeValue, type ModelInfo, type PolicyInfo, type ValueInfo } from '../core/model'
import { textTable } from './text-table'

/** More operators than this are summed up. */
const OPERATORS_SHOWN = 12
const TERM_WIDTH = 13
/** Of images that are left out; the rest is counted. */
const IMAGES_SHOWN = 20

/** What a model file says of itself, as lines of text. */
export function describeModel(model: ModelInfo): readonly string[] {
  const operators = model.operators
    .slice(0, OPERATORS_SHOWN)
    .map(({ type, count }) => `${displayText(type)} ×${formatCount(count)}`)
  const rest = model.operators.length - operators.length
  if (rest > 0) operators.push(`${formatQuantity(rest, 'more type')}`)
  return [
    displayText(model.fileName),
    term('format', formatText(model)),
    ...(model.policy === null ? [] : [term('policy', policyText(model.policy))]),
    term('producer', displayText(model.producer) || 'not named'),
    term('size', sizeText(model)),
    ...model.external.map(({ path, bytes }) =>
      term('weights', `${displayText(path)}, ${formatBytes(bytes)}`),
    ),
    term('sha256', model.sha256),
    term('operator sets', model.domains.map((d) => `${d.domain} ${String(d.version)}`).join(', ')),
    term('operators', operators.join(', ')),
    ...(model.cpuOperators.length === 0 ? [] : [term('on the CPU', cpuText(model))]),
    ...model.inputs.map((value) => term('input', valueText(value))),
    ...model.outputs.map((value) => term('output', valueText(value))),
    ...(model.classLabels === null ? [] : [term('classes', labels(model.classLabels))]),
    term('runs on', model.wasmOnly === null ? 'WASM or WebGPU' : `WASM only: ${model.wasmOnly}`),
    ...model.metadata.map(({ key, value }) => term('metadata', `${key} = ${value}`)),
    ...model.notes.map((note) => term('note', note)),
    ...model.warnings.map((warning) => term('warning', warning)),
  ]
}

/** Trees keep their numbers in attributes, which are not counted. */
function sizeText({ bytes, parameters }: ModelInfo): string {
  const size = formatBytes(bytes)
  return parameters === 0 ? size : `${size}, ${formatQuantity(parameters, 'parameter')}`
}

function cpuText({ cpuOperators }: ModelInfo): string {
  const shown = cpuOperators.slice(0, OPERATORS_SHOWN)
  const rest = cpuOperators.length - shown.length
  const list = formatList(rest > 0 ? [...shown, `${String(rest)} more`] : shown)
  return `${list}, also where the rest runs on WebGPU`
}

/** What a data file holds, as lines of text. */
export function describeDataset(dataset: DatasetInfo): readonly string[] {
  const { columns } = dataset
  return [
    displayText(dataset.name),
    term('size', `${formatBytes(dataset.bytes)}, ${formatQuantity(dataset.rows, 'row')}`),
    term('sha256', dataset.sha256),
    ...(dataset.images === undefined ? [] : imageLines(dataset.images)),
    ...(dataset.recorded === undefined ? [] : [term('recorded', recordedText(dataset.recorded))]),
    ...dataset.warnings.map((warning) => term('warning', warning)),
    ...textTable([
      { title: 'column', align: 'left', cells: columns.map(({ name }) => displayText(name)) },
      { title: 'type', align: 'left', cells: columns.map(columnTypeText) },
      { title: 'missing', align: 'right', cells: columns.map((c) => formatCount(c.missing)) },
      { title: 'different', align: 'right', cells: columns.map(differentText) },
    ]).map((line) => `  ${line}`),
  ]
}

function recordedText({ inputs, outputs }: NonNullable<DatasetInfo['recorded']>): string {
  const names = (list: readonly string[]) =>
    formatList(list.slice(0, OPERATORS_SHOWN).map((name) => displayText(name)))
  return `${names(outputs)}, answers to ${names(inputs)}`
}

/** How images are read where no model says it, and those that are not. */
function imageLines({ settings, leftOut }: ImagesInfo): readonly string[] {
  const { width, height, channels } = settings
  const order = { rgb: 'RGB', bgr: 'BGR', grey: 'grey' }[channels]
  const size = `${formatCount(width)} × ${formatCount(height)} pixels, ${order}`
  const preset = IMAGE_PRESETS.find(({ id }) => id === presetOf(settings))
  const levels = preset === undefined ? 'own levels' : `levels of ${preset.label}`
  const rest = leftOut.length - IMAGES_SHOWN
  return [
    term('images', `read as ${size}, ${levels}, unless a model or --images says otherwise`),
    ...leftOut
      .slice(0, IMAGES_SHOWN)
      .map(({ path, finding }) => term('left out', `${displayText(path)} ${finding}`)),
    ...(rest > 0 ? [term('left out', `${formatQuantity(rest, 'more image')}`)] : []),
  ]
}

/** Tensors are not compared with each other. */
function differentText({ shape, distinct }: ColumnInfo): string {
  return shape === undefined ? formatCount(distinct) : UNDEFINED_FIGURE
}

function formatText({ format, irVersion }: ModelInfo): string {
  const onnx = `ONNX, IR version ${String(irVersion)}`
  if (format === 'ort') return `ORT format of ONNX Runtime, IR version ${String(irVersion)}`
  return format === 'onnx' ? onnx : `zip of Stable-Baselines3, made into ${onnx}`
}

function policyText(policy: PolicyInfo): string {
  const actions =
    policy.answerKind === 'target'
      ? 'a continuous action'
      : policy.actionCount === null
        ? 'the number of an action'
        : formatQuantity(policy.actionCount, 'action')
  const memory =
    policy.states.length === 0
      ? 'without memory'
      : `recurrent with ${formatQuantity(policy.states.length, 'state')}`
  return `${formatQuantity(policy.observationWidth, 'number')} per bar in, ${actions} out, ${memory}`
}

function term(name: string, text: string): string {
  return `  ${name.padEnd(TERM_WIDTH)}  ${text}`
}

function valueText(value: ValueInfo): string {
  return `${displayText(value.name)}: ${describeValue(value)}`
}

function labels(classes: readonly string[]): string {
  const shown = classes.slice(0, OPERATORS_SHOWN).map((label) => displayText(label))
  const rest = classes.length - shown.length
  return rest > 0 ? `${shown.join(', ')} and ${formatCount(rest)} more` : shown.join(', ')
}
