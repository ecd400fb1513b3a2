import { fromBinary } from '@bufbuild/protobuf'
import type { GraphProto, ModelProto } from 'onnx-buf'
import { contentHash } from '../core/content-hash'
import { displayText, quoted } from '../core/display-text'
import { fileKind } from '../core/file-kind'
import { errorText, failed, success, type Failure, type Outcome } from '../core/failure'
import type { ModelInfo } from '../core/model'
import { classLabels } from './class-labels'
import { HeaderSchema } from './header-schema'
import { modelProblem, operatorSets } from './model-problem'
import { looksLikeText } from './looks-like-text'
import { policyInfo } from './policy-info'
import { surveyModel, type ModelSurvey } from './survey-model'
import { valueInfo } from './value-info'
import { wasmOnlyReason } from './wasm-only-reason'

/** A model as its file describes it; the comparison gives it an id. */
export type ModelHeader = Omit<ModelInfo, 'id'>

/**
 * Reads the header of an ONNX file without running it. Never throws and never allocates by a size
 * that the file declares: weights stay where they are, as views of `bytes`.
 */
export function readOnnx(bytes: Uint8Array, fileName: string): Outcome<ModelHeader> {
  const file = quoted(fileName)
  if (bytes.length === 0) {
    return failed('file-empty', `${file} is empty (0 bytes).`, 'Copy or export the file again.')
  }
  const kind = fileKind(bytes)
  if (kind !== null) return foreign(file, kind)
  const decoded = decodeModel(bytes)
  if (decoded instanceof Error) {
    if (looksLikeText(bytes)) return foreign(file, 'a text file')
    return corrupt(file, 'cannot be read as ONNX: it is cut short or damaged', errorText(decoded))
  }
  const { graph } = decoded
  if (graph === undefined) {
    if (looksLikeText(bytes)) return foreign(file, 'a text file')
    return corrupt(file, 'holds no graph: it is damaged, or no ONNX model')
  }
  const survey = surveyModel(decoded)
  const header = describe(decoded, graph, survey, bytes, fileName)
  const problem = modelProblem(decoded, header, survey)
  return problem === null ? success(header) : { ok: false, failure: problem }
}

/** Errors come back as values: hostile nesting and cut files are ordinary input here. */
function decodeModel(bytes: Uint8Array): ModelProto | Error {
  try {
    return fromBinary(HeaderSchema, bytes)
  } catch (error) {
    return error instanceof Error ? error : new Error(errorText(error))
  }
}

function describe(
  model: ModelProto,
  graph: GraphProto,
  survey: ModelSurvey,
  bytes: Uint8Array,
  fileName: string,
): ModelHeader {
  const domains = operatorSets(model)
  const initialised = new Set(graph.initializer.map(({ name }) => name))
  const inputs = graph.input.filter(({ name }) => !initialised.has(name)).map(valueInfo)
  const outputs = graph.output.map(valueInfo)
  const producer = `${model.producerName} ${model.producerVersion}`
  return {
    name: displayText(fileName.replace(/^.*[\\/]/su, '').replace(/\.onnx$/iu, '')),
    fileName: displayText(fileName),
    format: 'onnx',
    bytes: bytes.length,
    sha256: contentHash(bytes),
    producer: displayText(producer),
    irVersion: Number(model.irVersion),
    opset: domains.find(({ domain }) => domain === 'ai.onnx')?.version ?? null,
    domains,
    parameters: survey.parameters,
    operators: [...survey.operators]
      .map(([type, count]) => ({ type, count }))
      .sort((a, b) => b.count - a.count),
    inputs,
    outputs,
    classLabels: classLabels(survey.labelNodes),
    wasmOnly: wasmOnlyReason(survey, outputs),
    usesFloat16: survey.types.has('float16'),
    policy: policyInfo({ inputs, outputs }),
    warnings: warnings(survey, outputs),
  }
}

function warnings(survey: ModelSurvey, outputs: ModelHeader['outputs']): readonly string[] {
  const sentences: string[] = []
  const skipped = outputs.filter(({ isTensor }) => !isTensor).map(({ name }) => quoted(name))
  if (skipped.length > 0) {
    const list = skipped.slice(0, 5).join(', ')
    sentences.push(`Not read, because not a tensor (sequence or map, as ZipMap gives): ${list}.`)
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
    'Choose the .onnx file itself, or export the model to ONNX.',
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
