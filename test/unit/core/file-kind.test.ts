import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fileKind } from '../../../src/core/file-kind'

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part)] : part)),
  )

describe('fileKind', () => {
  it.each([
    ['zip', bytes('PK\x03\x04'), 'a zip archive'],
    ['gzip', bytes([0x1f, 0x8b, 8]), 'a gzip archive'],
    ['PNG', bytes([0x89], 'PNG\r\n'), 'a PNG image'],
    ['pickle', bytes([0x80, 4, 0x95]), 'a Python pickle'],
    ['HDF5', bytes([0x89], 'HDF\r\n'), 'an HDF5 file'],
    ['TensorFlow Lite', bytes([28, 0, 0, 0], 'TFL3'), 'a TensorFlow Lite model'],
    ['safetensors', bytes([64, 0, 0, 0, 0, 0, 0, 0], '{"a":{}}'), 'a safetensors file'],
    ['HTML', bytes('\ufeff\n <!DOCTYPE html><html>'), 'an HTML page'],
    ['XML', bytes('<?xml version="1.0"?>'), 'an XML document'],
    ['Git LFS', bytes('version https://git-lfs.github.com/spec/v1\n'), 'a Git LFS pointer'],
  ])('names %s', (_, content, kind) => {
    expect(fileKind(content)).toContain(kind)
  })

  it('knows nothing against ONNX and tables', () => {
    expect(fileKind(readFileSync('public/demo/digits_cnn.onnx'))).toBeNull()
    expect(fileKind(readFileSync('public/demo/digits.csv'))).toBeNull()
    expect(fileKind(new Uint8Array())).toBeNull()
  })
})
