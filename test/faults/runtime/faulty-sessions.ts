import type * as Ort from 'onnxruntime-web'
import type { Backend } from '../../../src/core/evaluation'
import { FAULT_CHANNEL, type Fault, type FaultMessage, type RuntimeCall } from './fault'

type Create = (
  model: Uint8Array,
  options: Ort.InferenceSession.SessionOptions,
) => Promise<Ort.InferenceSession>

const WORKER = crypto.randomUUID()
const channel = new BroadcastChannel(FAULT_CHANNEL)
const asked = new Map<string, (fault: Fault | null) => void>()

channel.addEventListener('message', ({ data }: MessageEvent<FaultMessage>) => {
  if (data.type === 'answer') asked.get(data.id)?.(data.fault)
})

/** The real runtime's sessions; before each call the test page is asked what shall go wrong. */
export function faultySessions(ort: typeof Ort, backend: Backend): { readonly create: Create } {
  return {
    create: async (model, options) => {
      const sha256 = await hash(model)
      const device = deviceOf(options)
      const call = (verb: 'create' | 'run', rows: number): RuntimeCall => ({
        verb,
        sha256,
        backend,
        threads: ort.env.wasm.numThreads ?? 1,
        rows,
        worker: WORKER,
      })
      const session = await underFault(call('create', 0), device, () =>
        ort.InferenceSession.create(model, options),
      )
      const run = (feeds: Ort.InferenceSession.OnnxValueMapType, wanted: readonly string[]) => {
        const rows = (Object.values(feeds)[0] as Ort.Tensor | undefined)?.dims[0] ?? 1
        return underFault(call('run', rows), device, () => session.run(feeds, wanted))
      }
      return { run, release: () => session.release() } as unknown as Ort.InferenceSession
    },
  }
}

async function underFault<T>(
  call: RuntimeCall,
  device: GPUDevice | null,
  work: () => Promise<T>,
): Promise<T> {
  const fault = await ask(call)
  const startedAt = Date.now()
  const tell = (isAnswered: boolean): void => {
    const message: FaultMessage = {
      type: 'settled',
      call,
      isAnswered,
      startedAt,
      endedAt: Date.now(),
    }
    channel.postMessage(message)
  }
  try {
    await before(fault, call, device)
    const working = work()
    if (fault?.kind === 'lose-device' && fault.when === 'during') device?.destroy()
    const result = await working
    if (fault?.kind === 'add') addTo(result as Record<string, Ort.Tensor>, fault.amount)
    if (fault?.kind === 'lose-device' && fault.when === 'after') device?.destroy()
    tell(true)
    return result
  } catch (error) {
    tell(false)
    throw error
  }
}

async function before(
  fault: Fault | null,
  call: RuntimeCall,
  device: GPUDevice | null,
): Promise<void> {
  switch (fault?.kind) {
    case 'hang':
      return new Promise(() => undefined)
    case 'spin':
      for (;;);
    case 'throw-outside':
      setTimeout(() => {
        throw new Error(fault.text)
      })
      return new Promise(() => undefined)
    case 'reject':
      throw new Error(fault.text)
    case 'bad-alloc':
      if (call.rows > fault.overRows) throw new Error('std::bad_alloc')
      return
    case 'slow':
      return new Promise((resolve) => setTimeout(resolve, fault.ms))
    case 'lose-device':
      if (fault.when === 'before') device?.destroy()
  }
}

function ask(call: RuntimeCall): Promise<Fault | null> {
  const id = crypto.randomUUID()
  return new Promise((resolve) => {
    asked.set(id, (fault) => {
      asked.delete(id)
      resolve(fault)
    })
    channel.postMessage({ type: 'ask', id, call } satisfies FaultMessage)
  })
}

function addTo(outputs: Record<string, Ort.Tensor>, amount: number): void {
  for (const { data, dims } of Object.values(outputs)) {
    const numbers = data as Float32Array
    const width = dims.slice(1).reduce((product, size) => product * size, 1)
    for (let i = 0; i < numbers.length; i += width) numbers[i] = (numbers[i] ?? 0) + amount
  }
}

function deviceOf({ executionProviders }: Ort.InferenceSession.SessionOptions): GPUDevice | null {
  const provider = executionProviders?.[0]
  return typeof provider === 'object' && 'device' in provider
    ? (provider.device as GPUDevice)
    : null
}

async function hash(model: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', model as Uint8Array<ArrayBuffer>)
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
