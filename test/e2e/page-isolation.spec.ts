import { expectAgreement } from './expected-metrics'
import { demoModel, DIGITS } from './input-files'
import { expect, test } from './page-test'

const TWO = ['digits_linear', 'digits_mlp'] as const
const THREE = [...TWO, 'digits_cnn'] as const

const CASES = [
  { isolate: true, cores: 2, models: TWO, threads: 2 },
  { isolate: true, cores: 1, models: TWO, threads: 1 },
  { isolate: true, cores: 4, models: THREE, threads: 1 },
  { isolate: false, cores: 2, models: TWO, threads: 1 },
  { isolate: false, cores: 2, models: THREE, threads: 1 },
] as const

for (const { isolate, cores, models, threads } of CASES) {
  const where = `${isolate ? 'isolated' : 'not isolated'}, ${String(cores)} cores`
  test.describe(where, () => {
    test.use({ isolate, cores })
    test(`${String(models.length)} models get ${String(threads)} threads`, async ({ bakeoff }) => {
      await bakeoff.add(...models.map(demoModel), DIGITS)
      await bakeoff.compare(models.length)
      expect(await bakeoff.detail('Threads granted')).toBe(String(threads))
      expect(await bakeoff.detail('Cores')).toBe(String(cores))
      expect(await bakeoff.detail('Isolation')).toBe(
        isolate
          ? 'cross-origin isolated: threads and shared memory'
          : 'not isolated: one thread, rows are copied',
      )
      const report = await bakeoff.readReport()
      expect(report.environment.crossOriginIsolated).toBe(isolate)
      for (const name of models) {
        expect(report.models.find((model) => model.name === name)?.threads).toBe(threads)
        expectAgreement(report, name)
      }
    })
  })
}
