import { describe, expect, it } from 'vitest'
import { checkAddress } from '../../../../src/state/remote/check-address'

function verdict(address: string): string {
  const outcome = checkAddress(address)
  return outcome.ok ? outcome.value.href : outcome.failure.message
}

describe('checkAddress', () => {
  it('takes https addresses of the public internet', () => {
    expect(verdict(' https://models.example/a/b.onnx?download=true#part ')).toBe(
      'https://models.example/a/b.onnx?download=true',
    )
    expect(verdict('https://1.1.1.1/m.onnx')).toBe('https://1.1.1.1/m.onnx')
    expect(verdict('https://[2606:4700:4700::1111]/m.onnx')).toContain('2606')
    expect(verdict('https://models.example:8443/m.onnx')).toContain(':8443')
    expect(verdict('https://locals.example./m.onnx')).toContain('locals')
  })

  it.each([
    ['javascript:alert(1)', 'javascript, not https'],
    ['http://models.example/m.onnx', 'http, not https'],
    ['data:text/csv,a', 'data, not https'],
    ['blob:https://models.example/1', 'blob, not https'],
    ['file:///etc/passwd', 'file, not https'],
    ['//models.example/m.onnx', 'no address'],
    ['m.onnx', 'no address'],
    ['', 'no address'],
    ['https://user:secret@models.example/m.onnx', 'user name or a password'],
    ['https://user@models.example/m.onnx', 'user name or a password'],
    [`https://models.example/${'x'.repeat(3_000)}`, 'longer'],
  ])('L85 refuses %s', (address, why) => {
    expect(verdict(address)).toContain(why)
  })

  it.each(
    [
      ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.0.1', '169.254.169.254', '0.0.0.0'],
      ...['100.64.0.1', '224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1'],
      ...['2130706433', '0x7f000001', '0177.0.0.1', '127.1', '0xa9fea9fe', '１２７.0.0.1'],
      ...['[::1]', '[::]', '[fc00::1]', '[fe80::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]'],
      ...['[64:ff9b::a00:1]', '[2002:7f00:1::]', '[2001:db8::1]', '[ff02::1]'],
      ...['localhost', 'LOCALHOST', 'localhost.', 'a.localhost', 'printer.local', 'nas', 'nas.lan'],
      ...['metadata.google.internal', 'router.home.arpa', 'wiki.corp', 'ap.intranet'],
    ].map((host) => [host]),
  )('L85 refuses the private host %s', (host) => {
    expect(verdict(`https://${host}/m.onnx`)).toContain('not on the public internet')
  })

  it.each([['16843009'], ['0x1010101'], ['01.01.01.01'], ['1.1'], ['1.1.257']])(
    'L85 refuses the public host written as %s',
    (host) => {
      expect(verdict(`https://${host}/m.onnx`)).toContain('a number in disguise')
    },
  )
})
