import * as v from 'valibot'
import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import { IMAGE_PRESETS, IMAGE_SIDE_CAP, type ImageOptions } from '../core/image-settings'
import { optionPairs } from '../core/option-pairs'

const PRESETS = IMAGE_PRESETS.map(({ id }) => id)
const SIDE = `from 1 to ${String(IMAGE_SIDE_CAP)}`
const SIZE = `N or WIDTHxHEIGHT in pixels, each ${SIDE}`
const RESIZE = `the pixels of the shorter side ${SIDE}, exact or none`
const SCALE = 'a number other than 0, or a fraction such as 1/255'
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** The settings as typed; each message says what the setting takes. */
const schema = v.partial(
  v.object({
    preset: v.picklist(PRESETS, PRESETS.join(', ').replace(/, ([^,]*)$/, ' or $1')),
    size: v.pipe(
      v.string(),
      v.regex(/^\d+(x\d+)?$/i, SIZE),
      v.transform((text) => text.toLowerCase().split('x').map(Number)),
      v.everyItem(isSide, SIZE),
    ),
    resize: v.union(
      [
        v.picklist(['exact', 'none']),
        v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number), v.check(isSide, RESIZE)),
      ],
      RESIZE,
    ),
    layout: v.picklist(['nchw', 'nhwc'], 'nchw or nhwc'),
    channels: v.picklist(['rgb', 'bgr', 'grey'], 'rgb, bgr or grey'),
    scale: v.pipe(v.string(), v.transform(fraction), v.number(SCALE), v.notValue(0, SCALE)),
    mean: figures(() => true, 'one number, or one per channel between |'),
    std: figures((value) => value > 0, 'one number above 0, or one per channel between |'),
  }),
)

const KEYS = Object.keys(schema.entries) as (keyof typeof schema.entries)[]

/** Reads `--images key=value,…`: how images become the numbers that models read. */
export function readImageOptions(text: string): Outcome<ImageOptions> {
  const pairs = optionPairs('--images', text, KEYS)
  if (!pairs.ok) return pairs
  const parsed = v.safeParse(schema, Object.fromEntries(pairs.value))
  if (!parsed.success) {
    const [issue] = parsed.issues
    const key = KEYS.find((known) => known === issue.path?.[0]?.key) ?? 'preset'
    const message = `${key} of --images is ${quoted(pairs.value.get(key) ?? '')}.`
    return failed('setting-invalid', message, `It takes ${issue.message}.`)
  }
  const { size, resize, preset, layout, channels, scale, mean, std } = parsed.output
  const [width, height = width] = size ?? []
  return success({
    ...(preset !== undefined && { preset }),
    ...(width !== undefined && height !== undefined && { width, height }),
    ...resizing(resize),
    ...(layout !== undefined && { layout }),
    ...(channels !== undefined && { channels }),
    ...(scale !== undefined && { scale }),
    ...(mean !== undefined && { mean }),
    ...(std !== undefined && { std }),
  })
}

function resizing(
  resize: 'exact' | 'none' | number | undefined,
): Pick<ImageOptions, 'resize' | 'shorterSide'> {
  if (resize === undefined) return {}
  return typeof resize === 'number' ? { resize: 'shorter', shorterSide: resize } : { resize }
}

function isSide(pixels: number): boolean {
  return pixels >= 1 && pixels <= IMAGE_SIDE_CAP
}

/** Of at most three channels. */
function figures(isFit: (value: number) => boolean, message: string) {
  return v.pipe(
    v.string(),
    v.transform((text) => text.split('|').map((part) => decimal(part.trim()))),
    v.array(v.pipe(v.number(message), v.check(isFit, message)), message),
    v.check((values) => values.length === 1 || values.length === 3, message),
  )
}

/** Null for what JavaScript alone reads as a number, and beyond all numbers. */
function decimal(text: string): number | null {
  const value = DECIMAL.test(text) ? Number(text) : NaN
  return Number.isFinite(value) ? value : null
}

function fraction(text: string): number | null {
  const [above = '', below = '1', ...more] = text.split('/').map((part) => part.trim())
  const [over, under] = [decimal(above), decimal(below)]
  const value = over === null || under === null || more.length > 0 ? NaN : over / under
  return Number.isFinite(value) ? value : null
}
