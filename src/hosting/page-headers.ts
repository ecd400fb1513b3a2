import { contentSecurityPolicy } from './content-security-policy.ts'

/** Cross-origin isolation: shared memory, WASM threads and 5 µs timers need the first two. */
export const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const

export const SECURITY_HEADERS = {
  'Content-Security-Policy': contentSecurityPolicy('header'),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const

/** What a host sends with every file of the page. */
export const PAGE_HEADERS = { ...ISOLATION_HEADERS, ...SECURITY_HEADERS } as const
