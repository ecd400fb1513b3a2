import { errorText, failed, success, type Outcome } from '../core/failure'
import type { SetupChoices } from './choices-within'

/** A comparison that is served beside the page. */
export interface Demo {
  /** On the button. */
  readonly label: string
  readonly files: readonly string[]
  /** What is set in place of the proposal. */
  readonly choices: SetupChoices
}

export const DEMO_SOURCE = {
  name: 'Optical Recognition of Handwritten Digits',
  authors: 'E. Alpaydin and C. Kaynak, UCI Machine Learning Repository',
  address: 'https://doi.org/10.24432/C50P49',
  licence: 'CC BY 4.0',
  licenceAddress: 'https://creativecommons.org/licenses/by/4.0/',
} as const

/** Three digit classifiers and 629 digits that none of them has seen. */
export const DIGITS_DEMO: Demo = {
  label: 'Try it with real digits',
  files: ['digits_linear.onnx', 'digits_mlp.onnx', 'digits_cnn.onnx', 'digits.csv'],
  choices: {},
}

/** Three trading policies of Stable-Baselines3 and 7 000 bars of a simulated market. */
export const POLICIES_DEMO: Demo = {
  label: 'Try it with trading policies',
  files: ['champion_lstm.zip', 'challenger_lstm.zip', 'ppo_mlp.zip', 'market-15min.csv'].map(
    (name) => `policies/${name}`,
  ),
  choices: { policy: { fee: 0.00002 }, windows: { initial: 5000, step: 500 } },
}

export async function fetchDemo({ files: paths }: Demo): Promise<Outcome<readonly File[]>> {
  const outcomes = await Promise.all(paths.map(fetchFile))
  const files: File[] = []
  for (const outcome of outcomes) {
    if (!outcome.ok) return outcome
    files.push(outcome.value)
  }
  return success(files)
}

async function fetchFile(path: string): Promise<Outcome<File>> {
  const address = new URL(`demo/${path}`, document.baseURI)
  const name = path.replace(/^.*\//, '')
  const blocked = (detail: string) =>
    failed(
      'fetch-blocked',
      `${name} of the demo could not be fetched from ${address.origin}.`,
      'Check the connection, or drop files of your own: those need no network.',
      detail,
    )
  try {
    const response = await fetch(address)
    if (!response.ok) return blocked(`HTTP status ${String(response.status)}`)
    return success(new File([await response.blob()], name))
  } catch (error) {
    return blocked(errorText(error))
  }
}
