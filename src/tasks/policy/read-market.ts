import type { Dataset } from '../../core/dataset'
import { quoted } from '../../core/display-text'
import { failed, success, type Outcome } from '../../core/failure'
import { formatBytes, formatCount } from '../../core/format'
import type { MarketColumns } from '../../core/policy'
import { checkTimes } from './check-times'
import { columnNumbers } from './column-numbers'
import type { Market } from './market'
import { readTimes } from './read-times'

/** Observations are held in one block, for every bar feeds every policy. */
export const OBSERVATION_BYTES_LIMIT = 1024 ** 3

export interface ReadMarket {
  readonly market: Market
  /** Repeated times and gaps, as sentences. */
  readonly warnings: readonly string[]
}

/**
 * Reads and checks a market table. Fails, naming the column and the first bad row (from 1, header not
 * counted), where a column is absent or text, rows are out of order, a price is not a positive finite
 * number, a spread is negative or missing, or an observation is missing or no finite float32. No row is
 * dropped: a bar left out would change every account after it.
 */
export function readMarket(dataset: Dataset, columns: MarketColumns): Outcome<ReadMarket> {
  const times = readTimeColumn(dataset, columns.time)
  if (!times.ok) return times
  const open = columns.open === null ? success(null) : readPrices(dataset, columns.open, 'open')
  if (!open.ok) return open
  const close = readPrices(dataset, columns.close, 'close')
  if (!close.ok) return close
  const spread = readSpread(dataset, columns.spread)
  if (!spread.ok) return spread
  const observations = readObservations(dataset, columns.observations)
  if (!observations.ok) return observations
  return success({
    market: {
      rows: dataset.info.rows,
      times: times.value.times,
      open: open.value,
      close: close.value,
      spread: spread.value,
      observations: observations.value,
      observationWidth: columns.observations.length,
    },
    warnings: times.value.warnings,
  })
}

function readTimeColumn(
  dataset: Dataset,
  name: string | null,
): Outcome<{ readonly times: Float64Array | null; readonly warnings: readonly string[] }> {
  if (name === null) return success({ times: null, warnings: [] })
  const column = columnIndex(dataset, name)
  if (!column.ok) return column
  const times = readTimes(dataset, column.value)
  if (!times.ok) return times
  const warnings = checkTimes(name, times.value)
  return warnings.ok ? success({ times: times.value, warnings: warnings.value }) : warnings
}

function readPrices(dataset: Dataset, name: string, part: string): Outcome<Float64Array> {
  const values = readNumbers(dataset, name, part)
  if (!values.ok) return values
  const bad = values.value.findIndex((price) => !(price > 0 && price < Infinity))
  return bad === -1 ? values : badCell(name, bad, values.value[bad], 'a price above zero')
}

function readSpread(dataset: Dataset, name: string | null): Outcome<Float64Array> {
  if (name === null) return success(new Float64Array(dataset.info.rows))
  const values = readNumbers(dataset, name, 'spread')
  if (!values.ok) return values
  const bad = values.value.findIndex((spread) => !(spread >= 0 && spread < Infinity))
  return bad === -1 ? values : badCell(name, bad, values.value[bad], 'a spread of zero or more')
}

function readObservations(dataset: Dataset, names: readonly string[]): Outcome<Float32Array> {
  const { rows } = dataset.info
  const bytes = rows * names.length * Float32Array.BYTES_PER_ELEMENT
  if (bytes > OBSERVATION_BYTES_LIMIT) {
    return failed(
      'file-too-large',
      `The observations of ${formatCount(rows)} rows need ${formatBytes(bytes)}; ${formatBytes(OBSERVATION_BYTES_LIMIT)} is the most.`,
      'Use fewer rows or fewer observation columns.',
    )
  }
  const block = new Float32Array(rows * names.length)
  for (const [at, name] of names.entries()) {
    const values = readNumbers(dataset, name, 'observation')
    if (!values.ok) return values
    for (let row = 0; row < rows; row += 1) {
      const value = Math.fround(values.value[row] as number)
      if (!Number.isFinite(value)) {
        return badCell(name, row, values.value[row], 'an observation that float32 can hold')
      }
      block[row * names.length + at] = value
    }
  }
  return success(block)
}

function readNumbers(dataset: Dataset, name: string, part: string): Outcome<Float64Array> {
  const column = columnIndex(dataset, name)
  if (!column.ok) return column
  const values = columnNumbers(dataset, column.value)
  if (values !== null) return success(values)
  return failed(
    'data-malformed',
    `The ${part} column ${quoted(name)} is text, and a policy needs numbers.`,
    'Map another column, or correct its cells that are no numbers.',
  )
}

function columnIndex(dataset: Dataset, name: string): Outcome<number> {
  const index = dataset.info.columns.findIndex((column) => column.name === name)
  if (index !== -1) return success(index)
  return failed(
    'feature-absent',
    `${quoted(dataset.info.name)} has no column ${quoted(name)}.`,
    'Choose one of the columns of the file.',
  )
}

function badCell(name: string, row: number, value: number | undefined, wanted: string) {
  const isMissing = value === undefined || Number.isNaN(value)
  const held = isMissing ? 'is missing' : `is ${String(value)}`
  return failed(
    'data-malformed',
    `Row ${formatCount(row + 1)} of ${quoted(name)} ${held}, where ${wanted} is needed.`,
    isMissing && row === 0
      ? 'Remove the first rows, before every column has a value, and give the file again.'
      : 'Correct the cell, or remove the rows up to it, and give the file again.',
  )
}
