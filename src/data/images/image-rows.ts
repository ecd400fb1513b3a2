import { quoted } from '../../core/display-text'
import { failed, type Failure } from '../../core/failure'
import { imageShape, type ImageSettings } from '../../core/image-settings'
import { decodeImage } from './decode-image'
import type { ImageFile } from './image-file'
import { imageGeometry } from './image-geometry'
import { imageLevels } from './image-levels'
import { inGroups } from './in-groups'

/** Of levels that are kept for the next model. */
const KEPT_BYTES = 256 * 2 ** 20
/** Of one chunk's levels; as numbers they take four times as much. */
const CHUNK_BYTES = 4 * 2 ** 20
/** However small a model sees them, photos take a tenth of a second each to decode. */
const CHUNK_IMAGES = 256

/**
 * Images as levels 0 to 255, decoded chunk by chunk when they are asked for. The chunks that were used
 * last are kept.
 */
export class ImageRows {
  /** Numbers per image. */
  readonly width: number
  readonly chunkRows: number
  /** By chunk; a Map's order is the order of use. */
  readonly #kept = new Map<number, Uint8Array>()

  constructor(
    readonly images: readonly ImageFile[],
    private readonly settings: ImageSettings,
  ) {
    this.width = imageShape(settings).reduce((product, size) => product * size, 1)
    this.chunkRows = Math.max(1, Math.min(CHUNK_IMAGES, Math.floor(CHUNK_BYTES / this.width)))
  }

  get chunks(): number {
    return Math.ceil(this.images.length / this.chunkRows)
  }

  /** Decodes what the rows `start` … `end − 1` need and is not kept. */
  async fetch(start: number, end: number): Promise<Failure | null> {
    const last = Math.floor((end - 1) / this.chunkRows)
    const wanted = new Set<number>()
    for (let chunk = Math.floor(start / this.chunkRows); chunk <= last; chunk++) wanted.add(chunk)
    for (const chunk of wanted) {
      const known = this.#kept.get(chunk)
      if (known !== undefined) {
        this.#kept.delete(chunk)
        this.#kept.set(chunk, known)
        continue
      }
      const levels = await this.#decode(chunk)
      if (!(levels instanceof Uint8Array)) return levels
      this.#kept.set(chunk, levels)
      this.#trim(wanted)
    }
    return null
  }

  /** @throws where the chunk was not fetched */
  levels(chunk: number): Uint8Array {
    const levels = this.#kept.get(chunk)
    if (levels === undefined) throw new Error('images were read before they were fetched')
    return levels
  }

  #trim(wanted: ReadonlySet<number>): void {
    const most = Math.max(1, Math.floor(KEPT_BYTES / (this.chunkRows * this.width)))
    for (const chunk of this.#kept.keys()) {
      if (this.#kept.size <= most) return
      if (!wanted.has(chunk)) this.#kept.delete(chunk)
    }
  }

  async #decode(chunk: number): Promise<Uint8Array | Failure> {
    const start = chunk * this.chunkRows
    const images = this.images.slice(start, start + this.chunkRows)
    const levels = new Uint8Array(images.length * this.width)
    const problems: Failure[] = []
    const pixels = ({ header }: ImageFile): number => header.width * header.height
    await inGroups(images, pixels, async (image, row) => {
      const into = levels.subarray(row * this.width, (row + 1) * this.width)
      if (!(await this.#decodeImage(image, into))) problems.push(imageGone(image.path))
    })
    return problems[0] ?? levels
  }

  async #decodeImage(image: ImageFile, into: Uint8Array): Promise<boolean> {
    const bytes = await image.bytes().catch(() => null)
    const decoded = bytes === null ? null : await decodeImage(bytes, image.header)
    if (decoded === null) return false
    const geometry = imageGeometry(decoded, this.settings)
    if (geometry !== null) imageLevels(decoded, geometry, this.settings, into)
    decoded.close()
    return geometry !== null
  }
}

function imageGone(path: string): Failure {
  const { failure } = failed(
    'file-unreadable',
    `The image ${quoted(path)} can no longer be read.`,
    'Check that the file still exists and has not changed, then add the folder again.',
  )
  return failure
}
