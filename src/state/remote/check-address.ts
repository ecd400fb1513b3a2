import { ADDRESS_LENGTH } from '../../core/caps'
import ipaddr from 'ipaddr.js'
import { displayText, quoted } from '../../core/display-text'
import { failed, success, type Outcome } from '../../core/failure'

/** Names that are answered within a machine or a network, never by the public DNS. */
const PRIVATE_ENDINGS =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa|test|invalid)$/
/** `127.0.0.1` may also be written 2130706433, 0x7f.1 or 0177.0.0.1: nobody does so to be read. */
const PLAIN_IPV4 = /^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/

/**
 * An address that may be fetched from: https at a host of the public internet, without credentials.
 * What a public name resolves to is not for a page to know; there the browser keeps its own gate
 * between public pages and private networks.
 */
export function checkAddress(text: string): Outcome<URL> {
  const address = text.trim()
  const name = quoted(address)
  const refuse = (why: string, advice: string) =>
    failed('address-refused', `${name} is not fetched: ${why}.`, advice)
  if (address.length > ADDRESS_LENGTH) {
    return refuse('it is longer than addresses of files are', 'Download the file and drop it.')
  }
  if (!URL.canParse(address)) {
    return refuse('it is no address', 'Give the whole address, from https:// on.')
  }
  const url = new URL(address)
  if (url.protocol !== 'https:') {
    const scheme = displayText(url.protocol.replace(/:$/, ''), 20)
    return refuse(`it is ${scheme}, not https`, 'Give an address that begins with https://.')
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('it carries a user name or a password', 'Download the file and drop it.')
  }
  const why = refusedHost(url, address)
  if (why !== null)
    return refuse(why, 'Download the file and drop it: dropped files need no address.')
  url.hash = ''
  return success(url)
}

function refusedHost({ hostname }: URL, address: string): string | null {
  const host = hostname.replace(/\.$/, '').replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(host)) {
    if (ipaddr.process(host).range() !== 'unicast') return 'its host is not on the public internet'
    return host.includes(':') || PLAIN_IPV4.test(writtenHost(address))
      ? null
      : 'its host is a number in disguise'
  }
  return !host.includes('.') || PRIVATE_ENDINGS.test(host)
    ? 'its host is not on the public internet'
    : null
}

/** The host as it was written: the browser's parser makes four numbers of any spelling. */
function writtenHost(address: string): string {
  return /^[^/]*[/\\]*([^/\\?#:]*)/.exec(address)?.[1] ?? ''
}
