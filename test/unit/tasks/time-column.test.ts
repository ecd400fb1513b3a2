import { expect, it } from 'vitest'
import { readDataset } from '../../../src/data/read-dataset'
import { timeColumn } from '../../../src/tasks/time-column'

async function columnOf(csv: string, index: Uint32Array | null = null) {
  const dataset = await readDataset(new File([csv], 'd.csv'), 'd', () => undefined)
  if (!dataset.ok) throw new Error(dataset.failure.message)
  return timeColumn(dataset.value, index)
}

it('is a column named like a time whose values rise from row to row', async () => {
  expect(await columnOf('y,date\n1,2024-01-01\n2,2024-01-02\n3,2024-01-05\n')).toBe('date')
  expect(await columnOf('y,Timestamp\n1,1700000000\n2,1700000060\n')).toBe('Timestamp')
})

it('is none where times repeat, fall, cannot be read, or are called otherwise', async () => {
  expect(await columnOf('y,date\n1,2024-01-01\n2,2024-01-01\n')).toBeNull()
  expect(await columnOf('y,date\n1,2024-01-02\n2,2024-01-01\n')).toBeNull()
  expect(await columnOf('y,date\n1,soon\n2,later\n')).toBeNull()
  expect(await columnOf('y,when\n1,2024-01-01\n2,2024-01-02\n')).toBeNull()
})

it('looks at the used rows alone', async () => {
  const csv = 'y,date\n1,2024-01-01\n2,2023-01-01\n3,2024-01-05\n'
  expect(await columnOf(csv)).toBeNull()
  expect(await columnOf(csv, Uint32Array.of(0, 2))).toBe('date')
})
