/**
 * Whether an address is this machine's own.
 * @param host as in an address: brackets round IPv6
 */
export function isLoopback(host: string): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(host)
}
