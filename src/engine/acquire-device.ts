const LOCK = 'bakeoff gpu'
const CHANNEL = 'bakeoff gpu holder'
/** The evaluation before takes a moment to give the lock back; that is no wait worth telling. */
const PATIENCE_MS = 200
/** A holder that is alive answers soon, even from a busy tab. */
const ANSWER_MS = 2_000

type Message = { readonly type: 'who' } | { readonly type: 'me'; readonly what: string }

/**
 * One evaluation at a time on the GPU, across all tabs of this origin: two at once on one device
 * end in a hang or in each other's loss. The browser frees the lock of a tab that has died.
 * Where Web Locks are missing, there is nothing to wait for.
 * @param what for the tab that has to wait, for example "3 models on digits.csv"
 * @param onWaiting called once if another evaluation holds the GPU, with what it is
 * @returns a function that gives the GPU back; null where `signal` ended the wait
 */
export async function acquireDevice(
  what: string,
  signal: AbortSignal,
  onWaiting: (holder: string) => void,
): Promise<(() => void) | null> {
  // Absent in insecure contexts, whatever the types say.
  const { locks } = navigator as { readonly locks?: LockManager }
  if (locks === undefined) return () => undefined
  const held = hold(locks, what, { signal })
  let isWaiting = true
  const timer = setTimeout(() => {
    void askHolder().then((holder) => {
      if (isWaiting && !signal.aborted) onWaiting(holder)
    })
  }, PATIENCE_MS)
  const release = await held
  isWaiting = false
  clearTimeout(timer)
  return release
}

/** Settles when the lock is had, with its release, or with null when it is not. */
function hold(
  locks: LockManager,
  what: string,
  options: LockOptions,
): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    locks
      .request(LOCK, options, () => {
        const stopAnswering = answerWho(what)
        return new Promise<void>((release) => {
          resolve(() => {
            stopAnswering()
            release()
          })
        })
      })
      .catch(() => {
        resolve(null)
      })
  })
}

function answerWho(what: string): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.type === 'who') channel.postMessage({ type: 'me', what })
  })
  return () => {
    channel.close()
  }
}

function askHolder(): Promise<string> {
  const channel = new BroadcastChannel(CHANNEL)
  return new Promise<string>((resolve) => {
    const timer = setTimeout(() => {
      resolve('another tab')
    }, ANSWER_MS)
    channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      if (data.type !== 'me') return
      clearTimeout(timer)
      resolve(data.what)
    })
    channel.postMessage({ type: 'who' })
  }).finally(() => {
    channel.close()
  })
}
