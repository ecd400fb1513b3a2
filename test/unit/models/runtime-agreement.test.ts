import { readdirSync, readFileSync } from 'node:fs'
import * as ort from 'onnxruntime-web/wasm'
import { describe, expect, it } from 'vitest'
import type { ValueInfo } from '../../../src/core/model'
import { openOnnx } from '../../../src/models/read-onnx'

ort.env.wasm.numThreads = 1

/** What the runtime makes of a dimension with neither size nor name: −1 as an unsigned integer. */
const FREE = 2 ** 32 - 1

const folders = ['../../fixtures/models/', '../../fixtures/exports/', '../../../public/demo/']
const files = folders.flatMap((folder) => {
  const url = new URL(folder, import.meta.url)
  return readdirSync(url)
    .filter((name) => name.endsWith('.onnx') && !name.startsWith('unknown'))
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(new URL(name, url))) }))
})

/** A value as the runtime describes it, once it has loaded the model. */
function described(value: ort.InferenceSession.ValueMetadata) {
  return value.isTensor
    ? { name: value.name, isTensor: true, type: value.type, shape: [...value.shape] }
    : { name: value.name, isTensor: false }
}

function expected({ name, isTensor, type, shape }: ValueInfo) {
  if (!isTensor) return { name, isTensor }
  return { name, isTensor, type, shape: shape?.map((size) => size ?? FREE) }
}

describe('a header says what the runtime says after loading', () => {
  it.each(files)('$name', async ({ name, bytes }) => {
    const opened = openOnnx(bytes, name)
    if (!opened.ok) throw new Error(opened.failure.message)
    const { header, rewritten } = opened.value
    const session = await ort.InferenceSession.create(rewritten ?? bytes, { logSeverityLevel: 3 })
    expect(session.inputMetadata.map(described)).toEqual(header.inputs.map(expected))
    expect(session.outputMetadata.map(described)).toEqual(header.outputs.map(expected))
    await session.release()
  })
})
