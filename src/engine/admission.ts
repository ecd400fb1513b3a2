import type { Backend, Machine } from '../core/evaluation'
import type { Failure } from '../core/failure'

const MIB = 1024 ** 2
const GIB = 1024 ** 3
/** Measured: a model kept inside its file takes up to 2.8 times its size while it is loaded. */
export const MODEL_BYTES_FACTOR = 2.8
/** Memory of one worker with the plain WASM build, and with the WebGPU build as well. */
export const LANE_BYTES: Record<Backend, number> = { wasm: 65 * MIB, webgpu: 320 * MIB }
/** A 32-bit WASM heap ends at 4 GiB; batches and the runtime need the rest. */
const HEAP_BYTES = 3.5 * GIB
/** `navigator.deviceMemory` is absent in Firefox and Safari. */
const ASSUMED_MEMORY_BYTES = 4 * GIB
/** The page, the reader and the rest of the machine need the other half. */
const MEMORY_SHARE = 0.5

interface AdmittedModel {
  readonly name: string
  readonly bytes: number
}

/** What all lanes together may take. Browsers round device memory down and cap it. */
export function memoryBudget(machine: Machine): number {
  return (machine.memoryBytes ?? ASSUMED_MEMORY_BYTES) * MEMORY_SHARE
}

/** What loading a model takes, its worker included. */
export function estimateBytes(model: AdmittedModel, backend: Backend): number {
  return LANE_BYTES[backend] + model.bytes * MODEL_BYTES_FACTOR
}

/** A refusal that names both figures, before anything is loaded; null where the model fits. Pure. */
export function admit(model: AdmittedModel, backend: Backend, machine: Machine): Failure | null {
  const needed = estimateBytes(model, backend)
  const budget = Math.min(HEAP_BYTES, memoryBudget(machine))
  if (needed <= budget) return null
  return {
    code: 'out-of-memory',
    message: `${model.name} needs about ${inGib(needed)} to load, ${inGib(budget)} are to be had.`,
    advice: 'Quantise the model or keep its weights in a file of their own.',
  }
}

function inGib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`
}
