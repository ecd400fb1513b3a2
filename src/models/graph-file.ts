import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import { hashWithExternal, matchExternal } from './external-data'
import type { ModelFile, ModelFormat, ReadModel } from './model-format'
import { openOnnx, type OpenedOnnx } from './read-onnx'

/** A graph in any of the forms that `decode-model.ts` knows, with the files of weights beside it. */
export const graphFile: ModelFormat = {
  accepts: () => true,
  read: async (file, { sideCar, files }) => {
    if (sideCar !== null) return notNormalised(file.name)
    const opened = openOnnx(new Uint8Array(await file.arrayBuffer()), file.name)
    return opened.ok ? await withExternal(file, opened.value, files) : opened
  },
}

async function withExternal(
  file: ModelFile,
  { header, rewritten, external: want }: OpenedOnnx,
  companions: readonly ModelFile[],
): Promise<Outcome<ReadModel>> {
  const runnable = rewritten === null ? file : new Blob([rewritten])
  if (want.size === 0) return success({ header, runnable })
  const matched = matchExternal(file.name, want, companions)
  if (!matched.ok) return matched
  const external = matched.value
  const sizes = external.map(({ path, data }) => ({ path, bytes: data.size }))
  return success({
    header: {
      ...header,
      bytes: sizes.reduce((sum, { bytes }) => sum + bytes, header.bytes),
      sha256: await hashWithExternal(file, external),
      external: sizes,
    },
    runnable,
  })
}

function notNormalised(name: string): Outcome<never> {
  return failed(
    'setting-invalid',
    `${quoted(name)} is an ONNX model, in front of which no observation is normalised.`,
    'Export the policy with its normalisation inside, or add the .zip of Stable-Baselines3.',
  )
}
