import {
  DISTINCT_CAP,
  type ColumnChunk,
  type ColumnInfo,
  type Dataset,
  type DatasetChunk,
} from '../core/dataset'
import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import { formatList } from '../core/format'
import { capWarnings } from './cap-warnings'
import { countDistinct } from './count-distinct'
import { textChunk } from './room/kept-chunk'
import type { ValueRoom } from './room/value-room'

const COLUMNS_SHOWN = 4

/**
 * The rows of several datasets one below the other, columns matched by name. Ends the parts: their
 * chunks are taken over. Fails where the columns are not the same, and says which.
 */
export function appendDatasets(parts: readonly Dataset[], room: ValueRoom): Outcome<Dataset> {
  const [first, ...others] = parts
  if (first === undefined) throw new Error('no dataset to append')
  if (others.length === 0) return success(first)
  const images = parts.find(({ fetch }) => fetch !== undefined)
  if (images !== undefined) {
    return failed(
      'data-malformed',
      `${quoted(images.info.name)} holds images, which are a dataset of their own.`,
      'Drop all folders of images at once, or one archive alone.',
    )
  }
  const places: (readonly number[])[] = []
  for (const part of parts) {
    const matched = matchColumns(first, part)
    if (!matched.ok) return matched
    places.push(matched.value)
  }
  const columns = first.info.columns.map((_, column) =>
    appendColumn(
      parts.map((part, index) => ({ part, place: places[index]?.[column] ?? -1 })),
      room,
    ),
  )
  const chunks: DatasetChunk[] = []
  let start = 0
  for (const [index, part] of parts.entries()) {
    for (const [chunk, { rows }] of part.chunks.entries()) {
      const cells = columns.flatMap((column) => column.chunks[index]?.[chunk] ?? [])
      chunks.push({ start, rows, columns: cells })
      start += rows
    }
  }
  return success({
    info: {
      ...first.info,
      rows: start,
      columns: columns.map(({ info }) => info),
      warnings: capWarnings(
        [first, ...others].flatMap(({ info }) =>
          info.warnings.map((warning) => `${info.name}: ${warning}`),
        ),
      ),
    },
    chunks,
    dictionaries: columns.map(({ dictionary }) => dictionary),
  })
}

/** By column of `first`: its place in `other`. */
function matchColumns(first: Dataset, other: Dataset): Outcome<readonly number[]> {
  const wanted = first.info.columns
  const found = other.info.columns
  const placeOf = new Map(found.map(({ name }, place) => [name, place]))
  const known = new Set(wanted.map(({ name }) => name))
  const absent = wanted.filter(({ name }) => !placeOf.has(name))
  const added = found.filter(({ name }) => !known.has(name))
  const [one, two] = [quoted(first.info.name), quoted(other.info.name)]
  if (absent.length + added.length > 0) {
    const sides = [
      ...(absent.length > 0 ? [`${listed(absent)} only in ${one}`] : []),
      ...(added.length > 0 ? [`${listed(added)} only in ${two}`] : []),
    ]
    return failed(
      'data-malformed',
      `${one} and ${two} have different columns: ${sides.join('; ')}.`,
      'Files that are added together need the same columns. Add one of them by itself.',
    )
  }
  for (const column of wanted) {
    const place = placeOf.get(column.name) ?? -1
    const twin = found[place]
    if (twin === undefined || agree(column, first, twin, other)) continue
    return failed(
      'data-malformed',
      `Column ${quoted(column.name)} holds ${valuesOf(column)} in ${one} and ${valuesOf(twin)} in ${two}.`,
      'Write the column in the same way in all files, or add one of them by itself.',
    )
  }
  return success(wanted.map(({ name }) => placeOf.get(name) ?? -1))
}

function agree(one: ColumnInfo, of: Dataset, two: ColumnInfo, other: Dataset): boolean {
  if (one.type === 'tensor' || two.type === 'tensor') {
    return one.type === two.type && String(one.shape) === String(two.shape)
  }
  if ((one.type === 'text') === (two.type === 'text')) return true
  return isVoid(one, of) || isVoid(two, other)
}

/** A column without values can be of any type. */
function isVoid({ missing, type }: ColumnInfo, { info }: Dataset): boolean {
  return missing === info.rows && type !== 'tensor'
}

function listed(columns: readonly ColumnInfo[]): string {
  const shown = columns.slice(0, COLUMNS_SHOWN).map(({ name }) => quoted(name))
  const more = columns.length - shown.length
  return formatList(more > 0 ? [...shown, `${String(more)} more`] : shown)
}

function valuesOf({ type, shape }: ColumnInfo): string {
  if (shape !== undefined) return `arrays of ${shape.join(' × ')}`
  return type === 'text' ? 'text' : 'numbers'
}

interface Appended {
  readonly info: ColumnInfo
  readonly dictionary: readonly string[] | null
  /** By part, by chunk. */
  readonly chunks: readonly (readonly ColumnChunk[])[]
}

interface Source {
  readonly part: Dataset
  readonly place: number
}

function appendColumn(sources: readonly Source[], room: ValueRoom): Appended {
  const infos = sources.flatMap(({ part, place }) => part.info.columns[place] ?? [])
  const chunks = sources.map(({ part, place }) =>
    part.chunks.flatMap((c) => c.columns[place] ?? []),
  )
  const missing = infos.reduce((sum, info) => sum + info.missing, 0)
  const [first] = infos
  if (first === undefined) throw new Error('a column without a part')
  if (first.type === 'tensor') return { info: { ...first, missing }, dictionary: null, chunks }
  if (infos.some(({ type }) => type === 'text')) {
    const texts = appendTexts(sources, chunks, room)
    const distinct = Math.min(texts.dictionary.length, DISTINCT_CAP)
    return { info: { ...first, type: 'text', missing, distinct }, ...texts }
  }
  const isInteger = infos.every((info, at) => {
    const source = sources[at]
    return info.type === 'integer' || (source !== undefined && isVoid(info, source.part))
  })
  const type = isInteger && infos.some((info) => info.type === 'integer') ? 'integer' : 'number'
  return {
    info: { ...first, type, missing, distinct: countDistinct(chunks.flat()) },
    dictionary: null,
    chunks,
  }
}

/** One dictionary for all parts; the codes of later parts are written anew. */
function appendTexts(
  sources: readonly Source[],
  chunks: readonly (readonly ColumnChunk[])[],
  room: ValueRoom,
): {
  readonly dictionary: readonly string[]
  readonly chunks: readonly (readonly ColumnChunk[])[]
} {
  const dictionary: string[] = []
  const codeOf = new Map<string, number>()
  const recoded = sources.map(({ part, place }, index) => {
    const codes = (part.dictionaries[place] ?? []).map((text) => {
      const known = codeOf.get(text)
      if (known !== undefined) return known
      codeOf.set(text, dictionary.length)
      return dictionary.push(text) - 1
    })
    return (chunks[index] ?? []).map((chunk): ColumnChunk => {
      if (chunk.kind !== 'text') {
        const { length } = chunk.values
        return textChunk(room.keep(new Int32Array(length).fill(-1)))
      }
      return textChunk(room.keep(chunk.codes.map((code) => codes[code] ?? -1)))
    })
  })
  return { dictionary, chunks: recoded }
}
