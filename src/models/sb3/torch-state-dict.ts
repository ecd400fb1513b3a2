import { capOf, TENSOR_RANK, type CappedFile } from '../../core/caps'
import { quoted } from '../../core/display-text'
import { ALLOWED_NAMES } from '../pickle/allowed-names'
import { pickleCaps } from '../pickle/pickle-caps'
import { corruptPickle } from '../pickle/pickle-refusal'
import { isKind, itemsOf, type PickleObject, type PickleValue } from '../pickle/pickle-value'
import { readPickle } from '../pickle/read-pickle'
import { Refusal } from '../../core/refusal'
import { openZip, type ZipArchive } from '../../archive/zip-archive'
import { zipLimitsOf } from '../../archive/zip-limits'

/** A tensor of floats, row-major whatever its strides were. Half precision is widened. */
export interface TorchTensor {
  readonly shape: readonly number[]
  readonly values: Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>
}

/** Tensors by parameter name, in the order of the file. */
export type StateDict = ReadonlyMap<string, TorchTensor>

/** Where a tensor's elements stand within a storage. All counts are elements, not bytes. */
interface Placement {
  readonly storage: Storage
  readonly offset: number
  readonly shape: readonly number[]
  readonly strides: readonly number[]
}

interface Storage {
  readonly key: string
  readonly type: string
  readonly length: number
}

type Decode = (bytes: Uint8Array<ArrayBuffer>) => TorchTensor['values']

const DECODERS: ReadonlyMap<string, { readonly width: number; readonly decode: Decode }> = new Map([
  ['torch.FloatStorage', { width: 4, decode: (bytes) => new Float32Array(bytes.slice().buffer) }],
  ['torch.DoubleStorage', { width: 8, decode: (bytes) => new Float64Array(bytes.slice().buffer) }],
  ['torch.HalfStorage', { width: 2, decode: widenHalves }],
])

/**
 * Reads what `torch.save(module.state_dict())` wrote: a zip with a pickle and raw little-endian
 * storages. Only tensors that `wants` names are read, and they must be of floats.
 * @param file that it stands in, whose limits hold
 * @throws {Refusal} where the file holds code, is damaged, or is of another form
 */
export async function readStateDict(
  bytes: Uint8Array<ArrayBuffer>,
  wants: (name: string) => boolean,
  file: CappedFile = { size: bytes.length },
): Promise<{ readonly names: readonly string[]; readonly tensors: StateDict }> {
  if (bytes[0] === 0x80) {
    throw new Refusal(
      'model-unsupported',
      'holds weights in the form of PyTorch before 1.6',
      'Load the policy in a newer Stable-Baselines3 and save it again.',
    )
  }
  const archive = await openZip(bytes, zipLimitsOf(file))
  const folder = tensorFolder(archive)
  await checkByteOrder(archive, folder)
  const pickle = await archive.read(`${folder}data.pkl`)
  const dict = readPickle(pickle, {
    ...{ allows: ALLOWED_NAMES.stateDict, persistent: true },
    ...pickleCaps(file),
  })
  if (
    !isKind(dict, 'dict') &&
    !(isKind(dict, 'object') && dict.name === 'collections.OrderedDict')
  ) {
    throw corruptPickle('no state dict')
  }
  const placements = new Map<string, Placement>()
  const names: string[] = []
  const weightsCap = capOf(file, 'weights')
  let elements = 0
  for (const [name, value] of dict.entries) {
    if (typeof name !== 'string') throw corruptPickle('a parameter without a name')
    names.push(name)
    if (!wants(name)) continue
    const placement = tensorPlacement(value, name)
    elements += elementsOf(placement.shape)
    if (elements > weightsCap) {
      throw corruptPickle(`more than ${weightsCap.toLocaleString('en-GB')} weights`, {
        name: 'weights',
        wanted: 4 * weightsCap,
      })
    }
    placements.set(name, placement)
  }
  return { names, tensors: await readTensors(archive, folder, placements) }
}

/**
 * Reads each storage once, however many tensors lie in it: thousands of tiny tensors in one large
 * storage would else unpack it thousands of times.
 */
async function readTensors(
  archive: ZipArchive,
  folder: string,
  placements: ReadonlyMap<string, Placement>,
): Promise<StateDict> {
  const read = new Map<string, TorchTensor>()
  const byStorage = [...placements].sort(([, a], [, b]) => compareText(placeKey(a), placeKey(b)))
  let lastKey: string | null = null
  let elements: TorchTensor['values'] = new Float32Array()
  for (const [name, placement] of byStorage) {
    const key = placeKey(placement)
    if (key !== lastKey) elements = await readStorage(archive, folder, placement.storage, name)
    lastKey = key
    read.set(name, tensorAt(elements, placement))
  }
  // In the order of the file again.
  return new Map(
    [...placements.keys()].flatMap((name) => {
      const tensor = read.get(name)
      return tensor === undefined ? [] : [[name, tensor] as const]
    }),
  )
}

function placeKey({ storage: { key, type, length } }: Placement): string {
  return `${key}\n${type}\n${String(length)}`
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The folder is named after the file that torch wrote, so it is found by what it holds. */
function tensorFolder(archive: ZipArchive): string {
  const pickles = [...archive.entries.keys()].filter((name) => /^[^/]+\/data\.pkl$/.test(name))
  const [pickle] = pickles
  if (pickle === undefined || pickles.length > 1) {
    throw corruptPickle('weights without one data.pkl')
  }
  return pickle.slice(0, -'data.pkl'.length)
}

async function checkByteOrder(archive: ZipArchive, folder: string): Promise<void> {
  const name = `${folder}byteorder`
  if (!archive.entries.has(name)) return
  const order = new TextDecoder().decode(await archive.read(name))
  if (order !== 'little') throw corruptPickle('weights that are not little-endian')
}

function tensorPlacement(value: PickleValue, name: string): Placement {
  const call = isKind(value, 'object') ? unwrapParameter(value) : null
  if (call?.name !== 'torch._utils._rebuild_tensor_v2') {
    throw corruptPickle(`${quoted(name)} is no tensor`)
  }
  const [storage, offset, shape, strides] = call.args
  const placement = {
    storage: storageOf(storage, name),
    offset: sizeOf(offset, name),
    shape: sizesOf(shape, name),
    strides: sizesOf(strides, name),
  }
  checkBounds(placement, name)
  return placement
}

function unwrapParameter(object: PickleObject): PickleObject | null {
  if (object.name !== 'torch._utils._rebuild_parameter') return object
  const inner = object.args[0]
  return isKind(inner, 'object') ? inner : null
}

function storageOf(value: PickleValue | undefined, name: string): Storage {
  const id = isKind(value, 'persistent') ? itemsOf(value.id) : null
  const [tag, type, key, , length] = id ?? []
  if (tag !== 'storage' || !isKind(type, 'global') || typeof key !== 'string') {
    throw corruptPickle(`${quoted(name)} has no storage`)
  }
  return { key, type: type.name, length: sizeOf(length, name) }
}

function sizesOf(value: PickleValue | undefined, name: string): readonly number[] {
  const items = itemsOf(value) ?? []
  if (items.length > TENSOR_RANK) {
    throw corruptPickle(`${quoted(name)} has ${String(items.length)} axes`)
  }
  return items.map((item) => sizeOf(item, name))
}

function sizeOf(value: PickleValue | undefined, name: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw corruptPickle(`${quoted(name)} has an impossible size`)
  }
  return value
}

/** No tensor of a module has more elements than its storage, or reaches beyond it. */
function checkBounds({ storage, offset, shape, strides }: Placement, name: string): void {
  const elements = elementsOf(shape)
  const last = shape.reduce((at, size, axis) => at + (size - 1) * (strides[axis] ?? 0), offset)
  const fits = elements === 0 || (elements <= storage.length && last < storage.length)
  if (shape.length !== strides.length || !fits) {
    throw corruptPickle(`${quoted(name)} reaches beyond its storage`)
  }
}

async function readStorage(
  archive: ZipArchive,
  folder: string,
  storage: Storage,
  name: string,
): Promise<TorchTensor['values']> {
  const decoder = DECODERS.get(storage.type)
  if (decoder === undefined) {
    throw new Refusal(
      'model-unsupported',
      `holds ${quoted(name)} as ${storage.type}; weights of 16, 32 or 64 bit floats are read`,
      'Convert the policy in Python (policy.float()) and save it again.',
    )
  }
  const bytes = await archive.read(`${folder}data/${storage.key}`)
  if (bytes.length !== storage.length * decoder.width) {
    throw corruptPickle(`the storage of ${quoted(name)} has another size than declared`)
  }
  return decoder.decode(bytes)
}

function tensorAt(elements: TorchTensor['values'], placement: Placement): TorchTensor {
  const { offset, shape } = placement
  if (isContiguous(placement)) {
    return { shape, values: elements.slice(offset, offset + elementsOf(shape)) }
  }
  return { shape, values: gather(elements, placement) }
}

function isContiguous({ shape, strides }: Placement): boolean {
  let step = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== step) return false
    step *= shape[axis] ?? 1
  }
  return true
}

function gather(elements: TorchTensor['values'], placement: Placement): TorchTensor['values'] {
  const { offset, shape, strides } = placement
  const values = elements.slice(0, elementsOf(shape))
  for (let index = 0; index < values.length; index++) {
    let rest = index
    let at = offset
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = shape[axis] ?? 1
      at += (rest % size) * (strides[axis] ?? 0)
      rest = Math.floor(rest / size)
    }
    values[index] = elements[at] ?? NaN
  }
  return values
}

function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** IEEE 754 half precision; every half is a float32. */
function widenHalves(bytes: Uint8Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const halves = new Uint16Array(bytes.slice().buffer)
  return Float32Array.from(halves, (half) => {
    const sign = half & 0x8000 ? -1 : 1
    const exponent = (half >> 10) & 0x1f
    const fraction = half & 0x3ff
    if (exponent === 0) return sign * 2 ** -24 * fraction
    if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
    return sign * 2 ** (exponent - 25) * (0x400 + fraction)
  })
}
