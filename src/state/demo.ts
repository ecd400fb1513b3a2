import { errorText, failed, success, type Outcome } from '../core/failure'

const DEMO_FILES = ['digits_linear.onnx', 'digits_mlp.onnx', 'digits_cnn.onnx', 'digits.csv']

export const DEMO_SOURCE = {
  name: 'Optical Recognition of Handwritten Digits',
  authors: 'E. Alpaydin and C. Kaynak, UCI Machine Learning Repository',
  address: 'https://doi.org/10.24432/C50P49',
  licence: 'CC BY 4.0',
  licenceAddress: 'https://creativecommons.org/licenses/by/4.0/',
} as const

/** Three digit classifiers and 629 digits that none of them has seen, served beside the page. */
export async function fetchDemo(): Promise<Outcome<readonly File[]>> {
  const outcomes = await Promise.all(DEMO_FILES.map(fetchFile))
  const files: File[] = []
  for (const outcome of outcomes) {
    if (!outcome.ok) return outcome
    files.push(outcome.value)
  }
  return success(files)
}

async function fetchFile(name: string): Promise<Outcome<File>> {
  const address = new URL(`demo/${name}`, document.baseURI)
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
