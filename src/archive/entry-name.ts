import { quoted } from '../core/display-text'
import { corruptZip, unsafeZip } from './zip-limits'

/** Bit 11 of the flags: the name is UTF-8. */
const UTF8_FLAG = 0x0800

/** Decodes and judges an entry's name: relative, within the archive, in plain characters. */
export function entryName(bytes: Uint8Array, flags: number): string {
  if ((flags & UTF8_FLAG) === 0 && bytes.some((byte) => byte > 0x7f)) {
    throw corruptZip('a file name in it is neither ASCII nor UTF-8')
  }
  const name = decode(bytes)
  const problem = nameProblem(name)
  if (problem !== null) throw unsafeZip(`the name ${quoted(name)} in it ${problem}`)
  return name
}

/** What makes two names one file on a disk that ignores case. */
export function foldedName(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw corruptZip('a file name in it is not valid UTF-8')
  }
}

function nameProblem(name: string): string | null {
  if (name === '') return 'is empty'
  if (/\p{Cc}/u.test(name)) return 'holds control characters'
  if (name.startsWith('/')) return 'is absolute'
  if (/^[a-z]:/i.test(name)) return 'names a drive'
  if (name.includes('\\')) return 'holds a backslash'
  if (name.split('/').includes('..')) return 'leads out of the archive'
  return null
}
