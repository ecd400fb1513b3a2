import { toBinary } from '@bufbuild/protobuf'
import type { GraphProto, ModelProto, NodeProto } from 'onnx-buf'
import { contentHash } from '../core/content-hash'
import { displayText, quoted } from '../core/display-text'
import { fileKind, SAFETENSORS } from '../core/file-kind'
import { errorText, failed, success, type Failure, type Outcome } from '../core/failure'
import type { ModelInfo } from '../core/model'
import { classLabels } from './class-labels'
import { CPU_OPERATORS } from './cpu-operators'
import { cutZipMaps } from './cut-zip-maps'
import { decodeModel, formOf } from './decode-model'
import type { ExternalWant } from './external-data'
import type { GraphForm } from './graph-form'
import { HeaderSchema } from './header-schema'
import { modelMetadata } from './model-metadata'
import { modelProblem, operatorSets } from './model-problem'
import { looksLikeText } from './looks-like-text'
import { onnx } from './onnx'
import { policyInfo } from './policy-info'
import { surveyModel, type ModelSurvey } from './survey-model'
import { valueInfo } from './value-info'
import { wasmOnlyReason } from './wasm-only-reason'

const NAMES_SHOWN = 5

/** A model as its file describes it; the comparison gives it an id. */
export type ModelHeader = Omit<ModelInfo, 'id'>

export interface OpenedOnnx {
  readonly header: ModelHeader
  /** The graph that answers in place of the file's own; null where that one does. */
  readonly rewritten: Uint8Array<ArrayBuffer> | null
  /** Files of weights that the model asks for. */
  readonly external: ExternalWant
}

/** {@link openOnnx} for who wants the header alone. */
export function readOnnx(bytes: Uint8Array, fileName: string): Outcome<ModelHeader> {
  const opened = openOnnx(bytes, fileName)
  return opened.ok ? success(opened.value.header) : opened
}

/**
 * Reads the header of an ONNX file without running it, and cuts its ZipMaps. Never throws on what a
 * file holds and never allocates by a size that it declares: weights stay where they are, as views of
 * `bytes`.
 */
export function openOnnx(bytes: Uint8Array, fileName: string): Outcome<OpenedOnnx> {
  const file = quoted(fileName)
  if (bytes.length === 0) {
    return failed('file-empty', `${file} is empty (0 bytes).`, 'Copy or export the file again.')
  }
  const form = formOf(bytes)
  const kind = form === onnx ? fileKind(bytes) : null
  if (kind !== null) return foreign(file, kind)
  const decoded = decodeModel(bytes, form)
  if (decoded instanceof Error) {
    if (looksLikeText(bytes)) return foreign(file, 'a text file')
    return corrupt(file, 'cannot be read as ONNX: it is cut short or damaged', errorText(decoded))
  }
  const { graph } = decoded
  if (graph === undefined) {
    if (looksLikeText(bytes)) return foreign(file, 'a text file')
    return corrupt(file, 'holds no graph: it is damaged, or no ONNX model')
  }
  const zipMaps = form.isWritable ? cutZipMaps(decoded) : []
  const survey = surveyModel(decoded)
  const header = describe(decoded, graph, { survey, zipMaps, bytes, fileName, form })
  const problem = modelProblem(decoded, header, survey)
  if (problem !== null) return { ok: false, failure: problem }
  // Of the fields that the header schema steps over the bytes are kept, and written back.
  const rewritten = zipMaps.length > 0 ? toBinary(HeaderSchema, decoded) : null
  return success({ header, rewritten, external: survey.external })
}

interface Found {
  readonly survey: ModelSurvey
  /** Nodes that were cut. */
  readonly zipMaps: readonly NodeProto[]
  readonly bytes: Uint8Array
  readonly fileName: string
  readonly form: GraphForm
}

function describe(model: ModelProto, graph: GraphProto, found: Found): ModelHeader {
  const { survey, bytes, fileName, form } = found
  const domains = operatorSets(model)
  const initialised = new Set(graph.initializer.map(({ name }) => name))
  const inputs = graph.input.filter(({ name }) => !initialised.has(name)).map(valueInfo)
  const outputs = graph.output.map(valueInfo)
  const operators = [...survey.operators]
    .map(([type, count]) => ({ type, count }))
    .sort((a, b) => b.count - a.count)
  const wasmOnly = form.wasmOnly ?? wasmOnlyReason(survey, outputs)
  const producer = `${model.producerName} ${model.producerVersion}`
  return {
    name: displayText(fileName.replace(/^.*[\\/]/su, '').replace(/\.(onnx|ort)$/iu, '')),
    fileName: displayText(fileName),
    format: form.format,
    bytes: bytes.length,
    sha256: contentHash(bytes),
    producer: displayText(producer),
    irVersion: Number(model.irVersion),
    opset: domains.find(({ domain }) => domain === 'ai.onnx')?.version ?? null,
    domains,
    external: [],
    parameters: survey.parameters,
    operators,
    cpuOperators: wasmOnly === null ? operators.map(({ type }) => type).filter(isOnCpu) : [],
    metadata: modelMetadata(model),
    inputs,
    outputs,
    // A ZipMap stands at the scores themselves; classifiers before it may number their classes.
    classLabels: classLabels(found.zipMaps.length > 0 ? found.zipMaps : survey.labelNodes),
    wasmOnly,
    usesFloat16: survey.types.has('float16'),
    policy: policyInfo({ inputs, outputs }),
    notes: notes(found.zipMaps),
    warnings: warnings(survey, outputs),
  }
}

function isOnCpu(operator: string): boolean {
  return CPU_OPERATORS.has(operator)
}

function notes(zipMaps: readonly NodeProto[]): readonly string[] {
  if (zipMaps.length === 0) return []
  const scores = zipMaps.map(({ input }) => quoted(input[0] ?? '')).slice(0, NAMES_SHOWN)
  return [`ZipMap is cut from the graph: ${scores.join(', ')} is read as a tensor.`]
}

function warnings(survey: ModelSurvey, outputs: ModelHeader['outputs']): readonly string[] {
  const sentences: string[] = []
  const skipped = outputs.filter(({ isTensor }) => !isTensor).map(({ name }) => quoted(name))
  if (skipped.length > 0) {
    const list = skipped.slice(0, NAMES_SHOWN).join(', ')
    sentences.push(`Not read, because not a tensor (a sequence or a map): ${list}.`)
  }
  if (survey.types.has('float16')) {
    sentences.push('Uses float16, which on WebGPU needs an adapter with shader-f16.')
  }
  return sentences
}

function foreign(file: string, kind: string): { readonly ok: false; readonly failure: Failure } {
  return failed(
    'model-foreign',
    `${file} is not an ONNX model: this is ${kind}.`,
    kind === SAFETENSORS
      ? 'It holds weights without the graph that uses them: export the model to ONNX with the library that made it.'
      : 'Choose the .onnx file itself, or export the model to ONNX.',
  )
}

function corrupt(
  file: string,
  what: string,
  detail?: string,
): { readonly ok: false; readonly failure: Failure } {
  const advice = 'Copy or download the file again, or export the model once more.'
  return failed('model-corrupt', `${file} ${what}.`, advice, detail)
}
