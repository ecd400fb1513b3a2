import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { Report, ReportModel } from '../../src/core/report'
import { fromRoot } from '../../src/headless/repository.mjs'
import { checkRequirement } from '../../src/report/check-requirement'
import { reportHtml } from '../../src/report/report-html'
import { compare, drop, fileOf, fileWith, openAnew, openTab, type Stage } from './stage'

const REQUIREMENTS = [
  'candidate.accuracy >= baseline.accuracy - 0.005',
  "candidate.verdict != 'worse'",
  'candidate.timing.batchMs.p95 <= 1.1 * baseline.timing.batchMs.p95',
]

/** Reports from elsewhere: of a GPU that agrees, of one that does not, and as a page of its own. */
export async function reportScene(stage: Stage): Promise<void> {
  const { page, shoot } = stage
  await openAnew(stage)
  await drop(stage, [
    ...['linear', 'mlp', 'cnn'].map((name) => fileOf(`public/demo/digits_${name}.onnx`)),
    fileOf('public/demo/digits.csv'),
  ])
  await compare(stage, 'Compare 3 models')
  await openTab(stage, 'Run details')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download report (JSON)' }).click()
  const report = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as Report

  await openAnew(stage)
  const made = JSON.stringify({ ...report, models: report.models.map(asOnGpu) })
  await drop(stage, [fileWith('nightly-on-gpu.json', made)])
  await page.getByText('GPU disagrees').first().waitFor()
  await shoot('verdict-gpu')

  const results = REQUIREMENTS.flatMap((expression) => {
    const checked = checkRequirement(expression, report)
    return checked.ok ? [checked.value] : []
  })
  const file = fromRoot('test-results/screenshots/report.html')
  writeFileSync(file, reportHtml(report, results))
  await page.goto(pathToFileURL(file).href)
  await shoot('report-html')
}

/** One model agrees, one was tried again, one is withheld. */
function asOnGpu(model: ReportModel, place: number): ReportModel {
  const parity = { rows: 8, maxDifference: 2.4e-6, agrees: true }
  const onGpu = { ...model, backend: 'webgpu', threads: null, parity } as const
  if (place === 0) return onGpu
  const error = {
    code: 'device-lost',
    message: 'The GPU was lost while rows were running.',
  } as const
  const failedAttempts = [{ backend: 'webgpu', threads: 1, batchLimit: null, error }] as const
  if (place === 1) return { ...onGpu, attempts: 2, failedAttempts }
  return {
    ...onGpu,
    status: 'failed',
    error: {
      code: 'parity-disagreement',
      message: `${model.name}.onnx gives other answers on the GPU than on the CPU (largest difference 0.31 on 8 rows), so its figures are withheld.`,
      advice: 'Choose WASM as backend under Options and compare again.',
    },
    parity: { rows: 8, maxDifference: 0.31, agrees: false },
    ...{ metrics: {}, intervals: {}, perClass: null },
  }
}
