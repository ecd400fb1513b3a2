import { capOf, type CappedFile } from '../../core/caps'
import { pickleCaps } from '../pickle/pickle-caps'
import type { PickleValue } from '../pickle/pickle-value'
import { readPickle } from '../pickle/read-pickle'
import { corruptPolicy } from './sb3-refusal'

const SERIALIZED = ':serialized:'

/** The `data` entry of a zip: attributes of the algorithm, as JSON values or pickles in base64. */
export class Sb3Data {
  private constructor(
    private readonly fields: ReadonlyMap<string, unknown>,
    private readonly file: CappedFile,
  ) {}

  /** @param file that the settings stand in, whose limits hold */
  static parse(bytes: Uint8Array, file: CappedFile): Sb3Data {
    const cap = capOf(file, 'settings-bytes')
    if (bytes.length > cap) {
      const finding = `has more than ${String(cap / 2 ** 20)} MiB of settings`
      throw corruptPolicy(finding, { name: 'settings-bytes', wanted: bytes.length })
    }
    const fields = parseJson(new TextDecoder().decode(bytes))
    if (!isRecord(fields)) throw corruptPolicy('holds settings that are no JSON object')
    return new Sb3Data(new Map(Object.entries(fields)), file)
  }

  get names(): readonly string[] {
    return [...this.fields.keys()]
  }

  has(name: string): boolean {
    return this.fields.has(name)
  }

  value(name: string): unknown {
    return this.fields.get(name)
  }

  /**
   * A readable attribute of a field: JSON, or Python's text of it. For showing and for choosing a
   * message; the pickle has the truth.
   */
  attribute(name: string, attribute: string): unknown {
    const field = this.fields.get(name)
    return isRecord(field) && Object.hasOwn(field, attribute) ? field[attribute] : undefined
  }

  isPickled(name: string): boolean {
    return typeof this.attribute(name, SERIALIZED) === 'string'
  }

  /**
   * The pickle of a field, as data.
   * @throws {Refusal} where it is absent, damaged, or holds a name that `allows` does not accept
   */
  pickle(name: string, allows: (name: string) => boolean): PickleValue {
    const text = this.attribute(name, SERIALIZED)
    if (typeof text !== 'string') throw corruptPolicy(`has no "${name}" among its settings`)
    return readPickle(fromBase64(text, name), {
      ...{ allows, persistent: false },
      ...pickleCaps(this.file),
    })
  }
}

/** Whether a JSON value is an object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return parsePythonJson(text)
  }
}

/** Python writes NaN and infinities bare, which JSON does not know; here they become null. */
function parsePythonJson(text: string): unknown {
  let isInText = false
  const json = text.replace(/\\.|"|-?Infinity|NaN/gs, (token) => {
    if (token === '"') isInText = !isInText
    return isInText || token === '"' || token.startsWith('\\') ? token : 'null'
  })
  try {
    return JSON.parse(json)
  } catch {
    throw corruptPolicy('holds settings that are not valid JSON')
  }
}

function fromBase64(text: string, name: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    throw corruptPolicy(`holds a "${name}" that is not valid base64`)
  }
}
