import type { ModelProto } from 'onnx-buf'
import { GRAPH_VALUES, TENSOR_RANK, EXTERNAL_FILES } from '../core/caps'
import { displayText, quoted } from '../core/display-text'
import { failed, type Failure } from '../core/failure'
import { formatCount } from '../core/format'
import type { ModelInfo } from '../core/model'
import { unsafeLocation } from './external-data'
import type { ModelSurvey } from './survey-model'

/** Newest versions that ONNX Runtime Web 1.30 loads, found by trying. */
const NEWEST = { ir: 13, 'ai.onnx': 26, 'ai.onnx.ml': 5 } as const
/** The runtime has no kernels for anything older. */
const OLDEST_OPSET = 1

/** Imported operator sets, the default domain by its name `ai.onnx`. */
export function operatorSets(model: ModelProto): ModelInfo['domains'] {
  return model.opsetImport.map(({ domain, version }) => ({
    domain: displayText(domain) || 'ai.onnx',
    version: Number(version),
  }))
}

/** Why a model that could be read cannot be run here; null where nothing speaks against it. */
export function modelProblem(
  model: ModelProto,
  header: Omit<ModelInfo, 'id'>,
  survey: ModelSurvey,
): Failure | null {
  const file = quoted(header.fileName)
  return (
    versionProblem(model, header, file) ??
    interfaceProblem(header, file) ??
    operatorProblem(survey, file) ??
    dataProblem(survey, file)
  )
}

function versionProblem(
  model: ModelProto,
  header: Omit<ModelInfo, 'id'>,
  file: string,
): Failure | null {
  if (model.opsetImport.length === 0 || header.irVersion < 1) {
    return corrupt(file, 'names no ONNX version or no operator set')
  }
  if (header.irVersion > NEWEST.ir) {
    return newer(file, `is of ONNX IR version ${String(header.irVersion)}`, NEWEST.ir)
  }
  for (const { domain, version } of header.domains) {
    const newest = domain === 'ai.onnx' || domain === 'ai.onnx.ml' ? NEWEST[domain] : null
    if (newest !== null && version > newest) {
      return newer(file, `needs operator set ${domain} ${String(version)}`, newest)
    }
    if (newest !== null && version < OLDEST_OPSET) {
      return corrupt(file, `names operator set ${domain} ${String(version)}, which does not exist`)
    }
  }
  return null
}

function interfaceProblem(header: Omit<ModelInfo, 'id'>, file: string): Failure | null {
  if (header.inputs.length === 0) {
    return unsupported(
      `${file} takes no input, so it would answer every row alike.`,
      'Export the model with its features as graph inputs.',
    )
  }
  const other = header.inputs.find(({ isTensor }) => !isTensor)
  if (other !== undefined) {
    return unsupported(
      `${file} wants a sequence, map or optional as input ${quoted(other.name)}.`,
      'Export the model with tensors as inputs.',
    )
  }
  if (header.outputs.length === 0) return corrupt(file, 'gives no output')
  const values = Math.max(header.inputs.length, header.outputs.length)
  if (values > GRAPH_VALUES) {
    return unsupported(
      `${file} has ${formatCount(values)} inputs or outputs; ${formatCount(GRAPH_VALUES)} is the most.`,
      'Export the model with its features as one input.',
    )
  }
  const deep = [...header.inputs, ...header.outputs].find(
    ({ shape }) => (shape?.length ?? 0) > TENSOR_RANK,
  )
  if (deep !== undefined) {
    return corrupt(
      file,
      `declares ${quoted(deep.name)} with ${formatCount(deep.shape?.length ?? 0)} axes`,
    )
  }
  if (!header.outputs.some(({ isTensor }) => isTensor)) {
    return unsupported(
      `${file} gives only sequences or maps, no tensor.`,
      'Export the model with tensor outputs (in skl2onnx: options zipmap=False).',
    )
  }
  return null
}

function operatorProblem(survey: ModelSurvey, file: string): Failure | null {
  if (survey.foreignNode === null) return null
  const { type, domain, name } = survey.foreignNode
  const node = name === '' ? '' : ` (node ${quoted(name)})`
  return failed(
    'operator-unknown',
    `${file} uses the operator ${quoted(type)} of domain ${quoted(domain)}${node}, which ONNX Runtime Web does not have.`,
    'Export the model with standard ONNX operators only.',
  ).failure
}

function dataProblem(survey: ModelSurvey, file: string): Failure | null {
  for (const location of survey.external.keys()) {
    const problem = unsafeLocation(location)
    if (problem !== null) {
      return failed(
        'file-unsafe',
        `${file} asks for weights at ${quoted(location)}, ${problem}; that is never read.`,
        'Save the model again with its files of weights beside it (onnx.save in Python).',
      ).failure
    }
  }
  if (survey.external.size > EXTERNAL_FILES) {
    return unsupported(
      `${file} keeps its weights in ${String(survey.external.size)} files, up to ${String(EXTERNAL_FILES)} are read.`,
      'Save the model with its weights in one file (in Python: onnx.save).',
    )
  }
  if (survey.lyingTensor === null) return null
  const { name, wanted, held } = survey.lyingTensor
  return corrupt(
    file,
    `is damaged: tensor ${quoted(name)} is declared with ${String(wanted)} elements but holds ${String(held)} bytes`,
  )
}

function newer(file: string, what: string, newest: number): Failure {
  return unsupported(
    `${file} ${what}; ONNX Runtime Web 1.30 goes up to ${String(newest)}.`,
    'Export the model for an older version (in PyTorch: opset_version).',
  )
}

function unsupported(message: string, advice: string): Failure {
  return failed('model-unsupported', message, advice).failure
}

function corrupt(file: string, what: string): Failure {
  const advice = 'Copy or download the file again, or export the model once more.'
  return failed('model-corrupt', `${file} ${what}.`, advice).failure
}
