import { proxy, wrap, type Remote } from 'comlink'
import { afterEach, describe, expect, it } from 'vitest'
import type { ReaderApi } from '../../src/contract/reader'
import type { RowQuery } from '../../src/core/exploration'
import type { Outcome } from '../../src/core/failure'
import { spawnReader } from '../../src/engine/spawn'

/** Rows of a dataset of four chunks. */
const ROWS = 200_000
const BLOCK_ROWS = 30_000

const workers: Worker[] = []

afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate()
})

function start(worker: Worker): Remote<ReaderApi> {
  workers.push(worker)
  return wrap<ReaderApi>(worker)
}

function spawnTight(): Worker {
  const url = new URL('../fixtures/workers/tight-reader.worker.ts', import.meta.url)
  return new Worker(url, { type: 'module' })
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.message} ${outcome.failure.detail ?? ''}`)
  return outcome.value
}

/** Fractions, whole numbers with gaps, halves, texts of which the first comes late, and the target. */
function table(): File {
  const lines = Array.from({ length: ROWS }, (_, row) =>
    [
      ...[Math.sin(row).toFixed(9), row % 13 === 0 ? '' : String(row % 1000), String(row / 2)],
      ...[row < ROWS / 2 ? '7' : `word ${String(row % 300)}`, Math.cos(row).toFixed(9)],
    ].join(','),
  )
  return new File([`a,b,c,text,target\n${lines.join('\n')}\n`], 'waves.csv')
}

async function model(): Promise<File> {
  return new File([await (await fetch('/demo/digits_mlp.onnx')).blob()], 'digits_mlp.onnx')
}

/** Everything that a comparison asks of the rows. */
async function read(reader: Remote<ReaderApi>, file: File) {
  const info = valueOf(
    await reader.readDataset(
      file,
      'd',
      proxy(() => undefined),
    ),
  )
  const digits = valueOf(await reader.readModel(await model(), 'm'))
  const small = {
    ...digits,
    inputs: digits.inputs.map((input) => ({ ...input, shape: ['batch', 3] })),
    outputs: digits.outputs.map((output) => ({ ...output, shape: ['batch', 1] })),
  }
  const roles = { target: 'target', features: ['a', 'b', 'c'] }
  const request = { datasetId: 'd', kind: 'regression', roles, models: [small] } as const
  const { rows, droppedRows, layouts } = valueOf(await reader.prepare(request))
  const targets = valueOf(await reader.targets())
  const blocks = []
  for (let start = 0; start < rows; start += BLOCK_ROWS) {
    blocks.push(valueOf(await reader.block(0, start, Math.min(rows, start + BLOCK_ROWS))))
  }
  return { info, rows, droppedRows, layouts, targets, blocks }
}

async function scratchFiles(): Promise<readonly string[]> {
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle('scratch', { create: true })
  const names: string[] = []
  for await (const name of folder.keys()) names.push(name)
  return names
}

describe('values beyond what stays in memory', () => {
  it('come back from the disk bit for bit, and leave nothing there', async () => {
    const file = table()
    const tight = start(spawnTight())
    const found = await read(tight, file)
    expect(await scratchFiles()).toHaveLength(1)
    const wanted = await read(start(spawnReader()), file)
    expect(await scratchFiles(), 'memory is enough for the other').toHaveLength(1)
    expect(found.rows).toBe(ROWS - Math.ceil(ROWS / 13))
    expect(found.info.columns.map(({ type }) => type)).toEqual([
      ...['number', 'integer', 'number', 'text', 'number'],
    ])
    expect(found).toEqual(wanted)

    const answers = found.targets.kind === 'regression' ? found.targets.values.slice() : null
    const kept = valueOf(
      await tight.keepRows([
        { kind: 'regression', modelId: 'm', predicted: answers ?? new Float64Array() },
      ]),
    )
    const query: RowQuery = {
      view: { kind: 'all' },
      conditions: [{ field: { of: 'column', column: 3 }, text: '=word 299' }],
      sort: { field: { of: 'column', column: 0 }, isDescending: true },
    }
    const fields = [{ of: 'row' }, { of: 'column', column: 3 }] as const
    const window = valueOf(await tight.rows({ id: kept.id, query, fields, offset: 0, limit: 5 }))
    const first = window.rows.map(({ cells: [row] }) => Math.sin(Number(row) - 1))
    expect(first).toEqual(first.toSorted((one, other) => other - one))
    expect(window.rows.every(({ cells }) => cells[1] === 'word 299')).toBe(true)

    await tight.dropDataset('d')
    await expect.poll(scratchFiles).toEqual([])
  })

  it('go with the next start where a worker died, unless another still reads them', async () => {
    const file = table()
    const [dying, living] = [spawnTight(), start(spawnTight())]
    const read = (reader: Remote<ReaderApi>) =>
      reader.readDataset(
        file,
        'd',
        proxy(() => undefined),
      )
    valueOf(await read(start(dying)))
    valueOf(await read(living))
    expect(await scratchFiles()).toHaveLength(2)
    dying.terminate()
    // Chromium frees the locks of a worker a moment after it has ended.
    await expect
      .poll(
        async () => {
          await start(spawnTight()).tasks()
          return (await scratchFiles()).length
        },
        { interval: 500, timeout: 10_000 },
      )
      .toBe(1)
    const roles = { target: 'target', features: ['a'] }
    valueOf(await living.prepare({ datasetId: 'd', kind: 'regression', roles, models: [] }))
    const targets = valueOf(await living.targets())
    expect(targets.kind === 'regression' && targets.values.at(-1)).toBeCloseTo(
      Math.cos(ROWS - 1),
      8,
    )
  })
})
