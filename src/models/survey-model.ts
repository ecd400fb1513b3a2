import type {
  AttributeProto,
  GraphProto,
  ModelProto,
  NodeProto,
  TensorProto,
  ValueInfoProto,
} from 'onnx-buf'
import { TensorProto_DataLocation as DataLocation } from 'onnx-buf'
import { TENSOR_RANK } from '../core/caps'
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
  /** Locations of external data. */
  readonly externalFiles: Set<string>
  /** First tensor whose declared shape asks for more data than it holds. */
  lyingTensor: { readonly name: string; readonly wanted: bigint; readonly held: number } | null
}

const ML_DOMAIN = 'ai.onnx.ml'
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
    externalFiles: new Set(),
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
  for (const node of nodes) {
    const type = displayText(node.opType)
    survey.operators.set(type, (survey.operators.get(type) ?? 0) + 1)
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
    const location = tensor.externalData.find(({ key }) => key === 'location')
    survey.externalFiles.add(location?.value ?? '')
    return
  }
  const wanted = elements(tensor)
  const held = storedBytes(tensor)
  if (wanted * BigInt(storedBits(tensor)) > BigInt(held) * 8n) {
    survey.lyingTensor ??= { name: tensor.name, wanted, held }
  }
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
