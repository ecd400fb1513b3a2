import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fromRoot } from '../../src/headless/repository.mjs'
import { runNpm } from '../../src/headless/run-npm.mjs'
import type { Reader } from './csv-readers'

const FOLDER = 'test/bench/duckdb'
const PACKAGES = ['@duckdb/duckdb-wasm', 'duckdb-wasm-with-parquet'] as const

/** What is used of DuckDB-Wasm, whose own types come with its package. */
interface DuckdbModule {
  createDuckDB: (bundles: object, logger: object, runtime: object) => Promise<Database>
  VoidLogger: new () => object
  NODE_RUNTIME: object
}

interface Database {
  instantiate: (onProgress: () => void) => Promise<unknown>
  getVersion: () => string
  open: (config: object) => void
  connect: () => Connection
  registerFileBuffer: (name: string, bytes: Uint8Array) => void
  dropFile: (name: string) => void
}

interface Connection {
  query: (sql: string) => ArrowTable
}

interface ArrowTable {
  toArray: () => readonly { toJSON: () => Record<string, string> }[]
}

export interface Duckdb {
  readonly version: string
  /** As the other readers do: numbers as float64, texts as codes into a dictionary. */
  readonly toCodes: Reader
  /** Texts are left as they are, in UTF-8. */
  readonly toArrow: Reader
  /** The older release, which reads Parquet. */
  readonly openOlder: () => Promise<ParquetDuckdb>
}

export interface ParquetDuckdb {
  readonly version: string
  readonly toArrow: Reader
}

/**
 * DuckDB-Wasm in this thread, installed beforehand in a folder of its own: 34 MB of WebAssembly. Parquet
 * is read by an older release: since then it is an extension that is not in the package.
 */
export async function openDuckdb(): Promise<Duckdb> {
  await ensureInstalled()
  const database = await open(PACKAGES[0])
  return { version: database.getVersion(), ...csvReaders(database), openOlder }
}

/** Only once the newer is done with: both use one global variable. */
async function openOlder(): Promise<ParquetDuckdb> {
  const database = await open(PACKAGES[1])
  const toArrow = fileReader(database, 'parquet', (connection, name) => {
    connection.query(`from read_parquet('${name}')`)
  })
  return { version: database.getVersion(), toArrow }
}

async function open(packageName: string): Promise<Database> {
  const require = createRequire(join(fromRoot(FOLDER), 'package.json'))
  const entry = require.resolve(`${packageName}/dist/duckdb-node-blocking.cjs`)
  const duckdb = require(entry) as DuckdbModule
  const bundle = (name: string) => ({ mainModule: join(dirname(entry), `duckdb-${name}.wasm`) })
  const bundles = { mvp: bundle('mvp'), eh: bundle('eh') }
  const logger = new duckdb.VoidLogger()
  const database = await duckdb.createDuckDB(bundles, logger, duckdb.NODE_RUNTIME)
  await database.instantiate(() => undefined)
  database.open({})
  return database
}

async function ensureInstalled(): Promise<void> {
  // npm writes down here what it really installed.
  const present = fromRoot(`${FOLDER}/node_modules/.package-lock.json`)
  const wanted = fromRoot(`${FOLDER}/package-lock.json`)
  if (existsSync(present) && versionsIn(present) === versionsIn(wanted)) return
  const { exitCode, output } = await runNpm(['ci', '--prefix', FOLDER, '--no-audit', '--no-fund'])
  if (exitCode !== 0) throw new Error(`DuckDB-Wasm could not be installed: ${output}`)
}

function versionsIn(lockfile: string): string {
  const { packages } = JSON.parse(readFileSync(lockfile, 'utf8')) as {
    packages: Record<string, { version?: string }>
  }
  return PACKAGES.map((name) => packages[`node_modules/${name}`]?.version).join()
}

function csvReaders(database: Database): Pick<Duckdb, 'toCodes' | 'toArrow'> {
  const scan = (name: string) => `read_csv('${name}', header = true)`
  return {
    toCodes: fileReader(database, 'csv', (connection, name) => {
      readCodes(connection, scan(name))
    }),
    toArrow: fileReader(database, 'csv', (connection, name) => {
      connection.query(`from ${scan(name)}`)
    }),
  }
}

function fileReader(
  database: Database,
  ending: string,
  read: (connection: Connection, name: string) => void,
): Reader {
  const connection = database.connect()
  let files = 0
  return (bytes) => {
    // It takes the buffer over, and keeps what it knows of a file by the file's name.
    const name = `${String((files += 1))}.${ending}`
    database.registerFileBuffer(name, bytes.slice())
    read(connection, name)
    database.dropFile(name)
    return Promise.resolve()
  }
}

/** Numbers as float64, each column of texts as an enum of the texts that it holds. */
function readCodes(connection: Connection, scan: string): void {
  connection.query(`create or replace table cells as from ${scan}`)
  const columns = connection.query('describe cells').toArray()
  const selected = columns.map((row) => {
    const { column_name: name = '', column_type: type } = row.toJSON()
    if (type !== 'VARCHAR') return `${name}::double`
    const texts = `select distinct ${name} from cells where ${name} is not null`
    connection.query(`drop type if exists codes_${name}`)
    connection.query(`create type codes_${name} as enum (${texts})`)
    return `${name}::codes_${name}`
  })
  connection.query(`select ${selected.join(', ')} from cells`)
  connection.query('drop table cells')
}
