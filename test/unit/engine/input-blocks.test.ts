import { describe, expect, it } from 'vitest'
import type { InputBlock } from '../../../src/contract/reader'
import { success, type Outcome } from '../../../src/core/failure'
import { InputBlocks } from '../../../src/engine/input-blocks'

const MIB = 1024 ** 2

/** A source of real blocks, `width` float32 numbers a row, that counts what it was asked for. */
function countingSource(width: number) {
  const asked: string[] = []
  return {
    asked,
    block(layout: number, start: number, end: number): Promise<Outcome<InputBlock>> {
      asked.push(`${String(layout)}:${String(start)}-${String(end)}`)
      const rows = end - start
      return Promise.resolve(
        success({ layout, start, rows, data: new Float32Array(rows * width).fill(start) }),
      )
    },
  }
}

describe('InputBlocks', () => {
  it('builds a block once for all models that read its layout', async () => {
    const source = countingSource(4)
    const blocks = new InputBlocks(source, 100, 64)
    const first = await blocks.forPiece({ modelId: 'a', start: 0, end: 64 }, [0])
    const second = await blocks.forPiece({ modelId: 'b', start: 0, end: 64 }, [0])
    expect(source.asked).toEqual(['0:0-64'])
    expect(first.ok && second.ok && first.value[0]?.data === second.value[0]?.data).toBe(true)
  })

  it('serves the rest of a piece from the aligned block, and the short last block', async () => {
    const source = countingSource(4)
    const blocks = new InputBlocks(source, 100, 64)
    await blocks.forPiece({ modelId: 'a', start: 0, end: 64 }, [0])
    await blocks.forPiece({ modelId: 'a', start: 20, end: 64 }, [0])
    const last = await blocks.forPiece({ modelId: 'a', start: 64, end: 100 }, [0])
    expect(source.asked).toEqual(['0:0-64', '0:64-100'])
    expect(last.ok && last.value[0]?.rows).toBe(36)
  })

  it('forgets the longest unused blocks beyond its memory', async () => {
    const width = (64 * MIB) / 4
    const source = countingSource(width)
    const blocks = new InputBlocks(source, 6, 1)
    for (let row = 0; row < 6; row += 1) {
      await blocks.forPiece({ modelId: 'a', start: row, end: row + 1 }, [0])
    }
    await blocks.forPiece({ modelId: 'b', start: 5, end: 6 }, [0])
    expect(source.asked).toHaveLength(6)
    await blocks.forPiece({ modelId: 'b', start: 0, end: 1 }, [0])
    expect(source.asked).toHaveLength(7)
  })
})
