import { transfer } from 'comlink'
import type { Dataset } from '../../src/core/dataset'
import { success, type Outcome } from '../../src/core/failure'
import type { SeenImage } from '../../src/core/seen-image'
import { drawBack } from '../../src/data/images/draw-back'

/** The first images of a dataset as a model sees them; none where it has no images. */
export async function seenImages(
  dataset: Dataset,
  count: number,
): Promise<Outcome<readonly SeenImage[]>> {
  const { images } = dataset.info
  const rows = Math.min(count, dataset.info.rows)
  if (images === undefined || rows < 1) return success([])
  const missing = await dataset.fetch?.(0, rows)
  if (missing) return { ok: false, failure: missing }
  const { width, height } = images.settings
  const seen: SeenImage[] = []
  for (const { rows: chunkRows, columns } of dataset.chunks) {
    if (seen.length >= rows) break
    const column = columns.find(({ kind }) => kind === 'tensor')
    if (column?.kind !== 'tensor') break
    const { values, width: numbers } = column
    const taken = Math.min(chunkRows, rows - seen.length)
    for (let row = 0; row < taken; row++) {
      const image = values.subarray(row * numbers, (row + 1) * numbers)
      seen.push({ width, height, pixels: drawBack(image, images.settings) })
    }
  }
  return transfer(
    success(seen),
    seen.map(({ pixels }) => pixels.buffer),
  )
}
