import { ONNX_BYTES } from '../core/caps'
import { quoted } from '../core/display-text'
import { errorText, failed, success, type Outcome } from '../core/failure'
import { formatBytes } from '../core/format'
import { unreadableFile } from '../core/unreadable-file'
import { hashWithExternal, matchExternal } from './external-data'
import { openOnnx, type OpenedOnnx } from './read-onnx'
import { readSb3Model, type ReadModel } from './read-sb3-model'

type NamedBlob = Blob & { readonly name: string }

/**
 * Reads a dropped model file: ONNX, or a policy as Stable-Baselines3 saves it, which a zip is taken for
 * by its first bytes. The file's size is judged before its bytes are read.
 * @param sideCar statistics of `VecNormalize` that a policy of Stable-Baselines3 was trained with
 * @param companions files that were added with it, among which its weights are looked for by name
 */
export async function readModel(
  file: NamedBlob,
  sideCar: NamedBlob | null = null,
  companions: readonly NamedBlob[] = [],
): Promise<Outcome<ReadModel>> {
  if (file.size > ONNX_BYTES) {
    return failed(
      'file-too-large',
      `${quoted(file.name)} has ${String(file.size)} bytes; an ONNX file can have 2 GiB at most.`,
      'Choose a smaller model, for example a quantised one.',
    )
  }
  try {
    if (await isZip(file)) return await readSb3Model(file, sideCar)
    if (sideCar !== null) return notNormalised(file.name)
    const opened = openOnnx(new Uint8Array(await file.arrayBuffer()), file.name)
    return opened.ok ? await withExternal(file, opened.value, companions) : opened
  } catch (error) {
    const named = `${quoted(file.name)} (${formatBytes(file.size)})`
    // Every browser throws a RangeError when memory runs out; its words differ.
    if (error instanceof RangeError) {
      const message = `${named} does not fit into the memory that this tab has left.`
      return failed(
        'out-of-memory',
        message,
        'Close other tabs, then add it again.',
        errorText(error),
      )
    }
    return unreadableFile(named, error)
  }
}

async function withExternal(
  file: NamedBlob,
  { header, rewritten, external: want }: OpenedOnnx,
  companions: readonly NamedBlob[],
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

/** "PK", as every zip archive and no ONNX file begins. */
async function isZip(file: Blob): Promise<boolean> {
  const [p, k] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  return p === 0x50 && k === 0x4b
}
