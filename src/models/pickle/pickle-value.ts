/**
 * What a pickle says, as plain data. Nothing is imported, called or built: where Python would call
 * a class or function, there stands a {@link PickleObject} that names it with its arguments. One
 * value may be referred to from many places, and from within itself.
 */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array<ArrayBuffer>
  | PickleValue[]
  | PickleTuple
  | PickleDict
  | PickleGlobal
  | PickleObject
  | PicklePersistent

export interface PickleTuple {
  readonly kind: 'tuple'
  readonly items: readonly PickleValue[]
}

/** Keys are text or numbers; others are refused. */
export interface PickleDict {
  readonly kind: 'dict'
  readonly entries: Map<PickleKey, PickleValue>
}

export type PickleKey = string | number | bigint | boolean | null

/** A class or function by name, `module.name`, that the reader was told to accept. */
export interface PickleGlobal {
  readonly kind: 'global'
  readonly name: string
}

/** A call of {@link PickleGlobal}, or an instance of a class, that was never made. */
export interface PickleObject {
  readonly kind: 'object'
  readonly name: string
  readonly args: readonly PickleValue[]
  /** What Python would hand to `__setstate__`; null without one. */
  state: PickleValue
  /** What Python would append: the items of a `deque`. */
  readonly items: PickleValue[]
  /** What Python would set by key: the items of an `OrderedDict`. */
  readonly entries: Map<PickleKey, PickleValue>
}

/** A reference to something outside the pickle, as torch's storages are. */
export interface PicklePersistent {
  readonly kind: 'persistent'
  readonly id: PickleValue
}

type Kinds = PickleTuple | PickleDict | PickleGlobal | PickleObject | PicklePersistent

/** Whether a value is of the kind. */
export function isKind<K extends Kinds['kind']>(
  value: PickleValue | undefined,
  kind: K,
): value is Extract<Kinds, { kind: K }> {
  return isKinds(value) && value.kind === kind
}

function isKinds(value: PickleValue | undefined): value is Kinds {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array)
  )
}

/** The items of a list or tuple; null for anything else. */
export function itemsOf(value: PickleValue | undefined): readonly PickleValue[] | null {
  if (Array.isArray(value)) return value
  return isKind(value, 'tuple') ? value.items : null
}

/** The attributes of an object: its state, where that is a dict. */
export function attributesOf(object: PickleObject): ReadonlyMap<PickleKey, PickleValue> {
  // A class with slots has a pair of dicts as its state; none of those that are read here has.
  return isKind(object.state, 'dict') ? object.state.entries : new Map()
}
