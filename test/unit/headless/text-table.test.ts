import { expect, test } from 'vitest'
import { textTable } from '../../../src/headless/text-table'

test('aligns texts to the left and figures to the right, without trailing space', () => {
  const lines = textTable([
    { title: 'model', align: 'left', cells: ['a', 'größer'] },
    { title: 'rows/s', align: 'right', cells: ['1', '12 300'] },
    { title: 'status', align: 'left', cells: ['ok', 'failed'] },
  ])
  expect(lines).toEqual([
    'model   rows/s  status',
    '──────  ──────  ──────',
    'a            1  ok',
    'größer  12 300  failed',
  ])
})

test('without rows only the titles stand', () => {
  expect(textTable([{ title: 'column', align: 'left', cells: [] }])).toEqual(['column', '──────'])
})
