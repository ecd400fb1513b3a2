import * as v from 'valibot'

export type Schema<T> = v.GenericSchema<unknown, T>

/** Longest list where nothing shorter is said: points of a curve, bars of a thinned equity. */
const LONGEST_LIST = 1_000_000

export const text = () => v.string('is no text')

/** ISO 8601 as every browser reads it. What shows a time throws on one that is none. */
export const moment = () =>
  v.pipe(
    v.string('is no text'),
    v.regex(/^[+-]?\d{4,6}-\d\d-\d\dT[\d:.]+Z$/, 'is no ISO 8601 time'),
    v.check((time) => !Number.isNaN(Date.parse(time)), 'is no ISO 8601 time'),
  )

/** The farthest that a `Date` reaches, in milliseconds from 1970. */
const FARTHEST = 8.64e15

export const milliseconds = () =>
  v.pipe(
    v.number('is no number'),
    v.minValue(-FARTHEST, 'is no time'),
    v.maxValue(FARTHEST, 'is no time'),
  )

/** JSON has no infinity, but 1e999 is read as one. */
export const number = () => v.pipe(v.number('is no number'), v.finite('is no finite number'))

export const count = () =>
  v.pipe(v.number('is no number'), v.safeInteger('is no whole number'), v.minValue(0, 'is below 0'))

export function nullable<T>(schema: Schema<T>): v.NullableSchema<Schema<T>, undefined> {
  return v.nullable(schema)
}

export function list<T>(schema: Schema<T>, most: number = LONGEST_LIST): Schema<T[]> {
  // Counted first: a list that is too long costs nothing.
  return v.pipe(
    v.custom<unknown[]>(Array.isArray, 'is no list'),
    v.maxLength(most, `has more than ${String(most)} entries`),
    v.array(schema),
  )
}

/**
 * Values by a name from a file: an object without a prototype, since one may be called
 * `__proto__`, which valibot's own records leave out.
 */
export function named<T>(schema: Schema<T>): Schema<Record<string, T>> {
  return v.pipe(
    v.custom<Readonly<Record<string, unknown>>>(isObject, 'is no object'),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const record = Object.create(null) as Record<string, T>
      for (const [key, value] of Object.entries(dataset.value)) {
        const parsed = v.safeParse(schema, value)
        if (!parsed.success) {
          addIssue({ message: `has an entry that ${parsed.issues[0].message}` })
          return NEVER
        }
        record[key] = parsed.output
      }
      return record
    }),
  )
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
