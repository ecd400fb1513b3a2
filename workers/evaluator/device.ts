import { describeAdapter, type AdapterInfo } from '../../src/core/evaluation'

/** `requestAdapter` and `requestDevice` have been seen never to settle (webgpu-samples#236). */
const REQUEST_TIMEOUT_MS = 5_000

const WANTED_FEATURES: readonly GPUFeatureName[] = ['shader-f16', 'subgroups', 'timestamp-query']

export interface OpenedDevice {
  readonly device: GPUDevice
  readonly adapter: AdapterInfo
}

/**
 * One device for this worker, with the adapter's own limits: the runtime's default device cannot be
 * given a power preference, and `requestDevice()` without limits gets 128 MiB buffers.
 * Rejects with an error that says what is missing.
 */
export async function openDevice(): Promise<OpenedDevice> {
  // Absent in insecure contexts and in browsers without WebGPU, whatever the types say.
  const gpu = (navigator as { readonly gpu?: GPU }).gpu
  if (gpu === undefined) throw new Error('no available backend found: WebGPU is missing here')
  const adapter = await withTimeout(
    gpu.requestAdapter({ powerPreference: 'high-performance' }),
    'the WebGPU adapter did not answer',
  )
  if (adapter === null) throw new Error('no available backend found: no WebGPU adapter')
  const { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupStorageSize } =
    adapter.limits
  const {
    maxComputeInvocationsPerWorkgroup,
    maxComputeWorkgroupSizeX,
    maxComputeWorkgroupSizeY,
    maxComputeWorkgroupSizeZ,
    maxStorageBuffersPerShaderStage,
    maxComputeWorkgroupsPerDimension,
  } = adapter.limits
  const device = await withTimeout(
    adapter.requestDevice({
      requiredFeatures: WANTED_FEATURES.filter((feature) => adapter.features.has(feature)),
      requiredLimits: {
        maxBufferSize,
        maxStorageBufferBindingSize,
        maxComputeWorkgroupStorageSize,
        maxComputeInvocationsPerWorkgroup,
        maxComputeWorkgroupSizeX,
        maxComputeWorkgroupSizeY,
        maxComputeWorkgroupSizeZ,
        maxStorageBuffersPerShaderStage,
        maxComputeWorkgroupsPerDimension,
      },
    }),
    'the WebGPU device did not answer',
  )
  return { device, adapter: describeAdapter(adapter) }
}

function withTimeout<T>(promise: Promise<T>, problem: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(
        new Error(`no available backend found: ${problem} within ${String(REQUEST_TIMEOUT_MS)} ms`),
      )
    }, REQUEST_TIMEOUT_MS)
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer)
    })
  })
}
