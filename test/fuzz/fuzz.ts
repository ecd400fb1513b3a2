import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { RandomGenerator } from '../../src/statistics/random-generator'
import { Coverage } from './coverage'
import { FUZZ_TARGETS, type Bytes, type FuzzTarget } from './fuzz-targets'
import { HangWatch } from './hang-watch'
import { mutate } from './mutate'

const FOLDER = 'test-results/fuzz'
/** Coverage takes as long as some inputs: it is asked of this many at once, and of each where it grew. */
const BATCH = 64
const SLOW_SECONDS = 2

interface Campaign {
  readonly inputs: number
  readonly crashes: number
}

const { values, positionals } = parseArgs({
  options: {
    seconds: { type: 'string' },
    inputs: { type: 'string' },
    seed: { type: 'string' },
  },
  allowPositionals: true,
})
/** With `--inputs` a campaign ends once it has had so many, however long they take. */
const most = Number(values.inputs ?? Infinity)
const seconds = Number(values.seconds ?? (values.inputs === undefined ? 30 : Infinity))
const seed = Number(values.seed ?? Date.now() % 2 ** 31)
const chosen = FUZZ_TARGETS.filter(
  ({ name }) => positionals.length === 0 || positionals.includes(name),
)
if (chosen.length === 0 || !(seconds > 0) || !(most > 0) || !Number.isInteger(seed)) {
  const names = FUZZ_TARGETS.map(({ name }) => name).join(', ')
  console.error(
    `npm run fuzz -- [PARSER …] [--seconds N] [--inputs N] [--seed N]. Parsers: ${names}.`,
  )
  process.exit(2)
}
mkdirSync(FOLDER, { recursive: true })
const length = most < Infinity ? `${String(most)} inputs` : `${String(seconds)} s`
console.log(`seed ${String(seed)}, ${length} for each parser`)
let [inputs, crashes] = [0, 0]
for (const target of chosen) {
  const campaign = await fuzz(target)
  inputs += campaign.inputs
  crashes += campaign.crashes
}
console.log(`${inputs.toLocaleString('en-GB')} inputs, ${String(crashes)} crashes`)
process.exitCode = crashes === 0 ? 0 : 1

/** Mutates what has reached new code, for the time given. */
async function fuzz(target: FuzzTarget): Promise<Campaign> {
  const random = new RandomGenerator(seed)
  const coverage = new Coverage()
  const watch = new HangWatch(join(FOLDER, `${target.name}-hang`))
  const corpus = [...target.seeds]
  if (corpus.length === 0) corpus.push(new Uint8Array(1))
  for (const bytes of corpus) await target.run(bytes)
  coverage.takeNew()
  const first = coverage.size
  let [done, crashes] = [0, 0]
  const end = performance.now() + seconds * 1000
  const attempt = async (bytes: Bytes): Promise<void> => {
    watch.begin(bytes)
    const problem = await problemOf(target, bytes)
    if (problem === null) return
    crashes += 1
    const path = join(FOLDER, `${target.name}-${String(crashes)}`)
    writeFileSync(path, bytes)
    console.error(`${target.name}: ${problem}; the input is kept in ${path}`)
  }
  while (performance.now() < end && done < most && crashes < 10) {
    const batch = Array.from({ length: BATCH }, () => {
      return mutate(pick(corpus, random), pick(corpus, random), random)
    })
    for (const bytes of batch) await attempt(bytes)
    done += batch.length
    const left = new Set(coverage.takeNew())
    for (const bytes of batch) {
      if (left.size === 0) break
      // Which of them it was: each is run once more, alone.
      await problemOf(target, bytes)
      const blocks = coverage.takeAll()
      if (blocks.some((block) => left.has(block))) corpus.push(bytes)
      for (const block of blocks) left.delete(block)
    }
  }
  coverage.close()
  await watch.close()
  const reached = `${String(first)} → ${String(coverage.size)} blocks`
  console.log(`${target.name}: ${done.toLocaleString('en-GB')} inputs, ${reached}`)
  return { inputs: done, crashes }
}

function pick(corpus: readonly Bytes[], random: RandomGenerator): Bytes {
  return corpus[random.nextBelow(corpus.length)] ?? new Uint8Array(1)
}

/** What the parser did wrong; null where it read or refused the input in time. */
async function problemOf(target: FuzzTarget, bytes: Bytes): Promise<string | null> {
  const before = process.cpuUsage()
  try {
    await target.run(bytes)
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
  const spent = process.cpuUsage(before).user / 1e6
  return spent > SLOW_SECONDS ? `it took ${spent.toFixed(1)} s` : null
}
