import type {
  AttributeProto,
  GraphProto,
  ModelProto,
  NodeProto,
  TensorProto,
  ValueInfoProto,
} from 'onnx-buf'
import { TensorProto_DataLocation as DataLocation } from 'onnx-buf'
import { OPERATOR_TYPES, TENSOR_RANK } from '../core/caps'
import { displayText, quoted } from '../core/display-text'
import type { TensorType } from '../core/model'
import { elementBits, tensorType } from './tensor-type'

/** What one walk over all nodes and tensors of a model finds, subgraphs and functions included. */
export interface ModelSurvey {
  /** Operator type (fit to be shown) → nodes. */
  readonly operators: Map<string, number>
  /** Elements in all initialisers. */
  parameters: number
  /** Element type → where it was met first, to complete "… in …". */
  readonly types: Map<TensorType, string>
  /** Operators of `ai.onnx.ml`, in order of appearance. */
  readonly mlOperators: Set<string>
  /** First operator of a domain that neither the runtime nor the model defines. */
  foreignNode: { readonly type: string; readonly domain: string; readonly name: string } | null
  /** Nodes of `ai.onnx.ml` that name class labels, in order. */
  readonly labelNodes: NodeProto[]
  /** Location of external data → bytes that tensors reach into it. */
  readonly external: Map<string, number>
  /** First tensor whose declared shape asks for more data than it holds. */
  lyingTensor: { readonly name: string; readonly wanted: bigint; readonly held: number } | null
}

const ML_DOMAIN = 'ai.onnx.ml'
const OTHER_OPERATORS = 'other operators'
/** Attributes that hold an element type: Cast; random generators, EyeLike and their like. */
const TYPE_ATTRIBUTES: ReadonlySet<string> = new Set(['to', 'dtype', 'output_datatype'])
const LABEL_ATTRIBUTE = /^classlabels_(ints|int64s|strings)$/

export function surveyModel(model: ModelProto): ModelSurvey {
  const survey: ModelSurvey = {
    operators: new Map(),
    parameters: 0,
    types: new Map(),
    mlOperators: new Set(),
    foreignNode: null,
    labelNodes: [],
    external: new Map(),
    lyingTensor: null,
  }
  const defined = new Set(model.functions.map(({ domain, name }) => `${domain}\n${name}`))
  for (const { node } of model.functions) surveyNodes(node, defined, survey)
  if (model.graph !== undefined) surveyGraph(model.graph, defined, survey)
  return survey
}

/** The decoder's depth limit bounds the recursion through subgraphs. */
function surveyGraph(graph: GraphProto, defined: ReadonlySet<string>, survey: ModelSurvey): void {
  for (const tensor of graph.initializer) {
    surveyTensor(tensor, `initialiser ${quoted(tensor.name)}`, survey)
    survey.parameters += Number(elements(tensor))
  }
  for (const { values, indices } of graph.sparseInitializer) {
    if (indices !== undefined) surveyTensor(indices, 'a sparse initialiser', survey)
    if (values === undefined) continue
    surveyTensor(values, 'a sparse initialiser', survey)
    survey.parameters += Number(elements(values))
  }
  for (const value of graph.input) surveyValue(value, 'input', survey)
  for (const value of graph.output) surveyValue(value, 'output', survey)
  surveyNodes(graph.node, defined, survey)
}

function surveyNodes(
  nodes: readonly NodeProto[],
  defined: ReadonlySet<string>,
  survey: ModelSurvey,
): void {
  // A graph has millions of nodes at worst, and few types.
  const shown = new Map<string, string>()
  for (const node of nodes) {
    const type = shown.get(node.opType) ?? displayText(node.opType)
    shown.set(node.opType, type)
    countOperator(type, survey)
    if (node.domain === ML_DOMAIN) {
      survey.mlOperators.add(type)
      if (node.attribute.some(({ name }) => LABEL_ATTRIBUTE.test(name))) {
        survey.labelNodes.push(node)
      }
    }
    if (!isKnownDomain(node.domain) && !defined.has(`${node.domain}\n${node.opType}`)) {
      survey.foreignNode ??= { type: node.opType, domain: node.domain, name: node.name }
    }
    for (const attribute of node.attribute) surveyAttribute(attribute, type, defined, survey)
  }
}

/** Beyond as many types as any model has, the others are counted together. */
function countOperator(type: string, { operators }: ModelSurvey): void {
  const key = operators.has(type) || operators.size < OPERATOR_TYPES ? type : OTHER_OPERATORS
  operators.set(key, (operators.get(key) ?? 0) + 1)
}

function surveyAttribute(
  attribute: AttributeProto,
  operator: string,
  defined: ReadonlySet<string>,
  survey: ModelSurvey,
): void {
  if (TYPE_ATTRIBUTES.has(attribute.name) && attribute.i !== 0n) {
    noteType(tensorType(Number(attribute.i)), operator, survey)
  }
  const tensors = attribute.t === undefined ? attribute.tensors : [attribute.t]
  for (const tensor of tensors) surveyTensor(tensor, operator, survey)
  const graphs = attribute.g === undefined ? attribute.graphs : [attribute.g]
  for (const graph of graphs) surveyGraph(graph, defined, survey)
}

function surveyTensor(tensor: TensorProto, where: string, survey: ModelSurvey): void {
  noteType(tensorType(tensor.dataType), where, survey)
  if (tensor.dataLocation === DataLocation.EXTERNAL || tensor.externalData.length > 0) {
    surveyExternal(tensor, survey)
    return
  }
  const wanted = elements(tensor)
  const held = storedBytes(tensor)
  if (wanted * BigInt(storedBits(tensor)) > BigInt(held) * 8n) {
    survey.lyingTensor ??= { name: tensor.name, wanted, held }
  }
}

/** A length may be left out and never says less than the dimensions do. */
function surveyExternal(tensor: TensorProto, survey: ModelSurvey): void {
  const entry = (name: string) => tensor.externalData.find(({ key }) => key === name)?.value
  const [offset, length] = [entry('offset') ?? '0', entry('length')]
  const wanted = (elements(tensor) * BigInt(elementBits(tensor.dataType)) + 7n) / 8n
  const held = length === undefined ? wanted : toBytes(length)
  const start = toBytes(offset)
  const end = start === null || held === null ? null : Number(start + held)
  if (end === null || held === null || held < wanted || !Number.isSafeInteger(end)) {
    const { name } = tensor
    survey.lyingTensor ??= { name, wanted: elements(tensor), held: Number(held ?? 0n) }
    return
  }
  const location = entry('location') ?? ''
  survey.external.set(location, Math.max(end, survey.external.get(location) ?? 0))
}

function toBytes(text: string): bigint | null {
  return /^\d{1,16}$/.test(text) ? BigInt(text) : null
}

function surveyValue(value: ValueInfoProto, kind: string, survey: ModelSurvey): void {
  const type = value.type?.value
  if (type?.case !== 'tensorType') return
  noteType(tensorType(type.value.elemType), `${kind} ${quoted(value.name)}`, survey)
}

function noteType(type: TensorType, where: string, survey: ModelSurvey): void {
  if (!survey.types.has(type)) survey.types.set(type, where)
}

/** More than any file can hold. */
const IMPOSSIBLE = 2n ** 63n

/**
 * A scalar (no dimensions) holds one element. A negative dimension makes the tensor a lie, and so
 * do more axes than any runtime bears: a product of millions of sizes would take hours.
 */
function elements({ dims }: TensorProto): bigint {
  if (dims.length > TENSOR_RANK || dims.some((dim) => dim < 0n)) return IMPOSSIBLE
  const product = dims.reduce((all, dim) => all * dim, 1n)
  return product < IMPOSSIBLE ? product : IMPOSSIBLE
}

/** Typed data was stepped over by the header schema and stands among the unknown fields. */
function storedBytes(tensor: TensorProto): number {
  const typed = tensor.$unknown ?? []
  return typed.reduce((bytes, { data }) => bytes + data.length, tensor.rawData.length)
}

/** Least bits that one element takes: varints of typed data may shrink a wide one to a byte. */
function storedBits(tensor: TensorProto): number {
  const bits = elementBits(tensor.dataType)
  return tensor.rawData.length > 0 ? bits : Math.min(bits, 8)
}

function isKnownDomain(domain: string): boolean {
  return domain === '' || /^(ai\.onnx|com\.microsoft|com\.ms)(\.|$)/.test(domain)
}
