import { arrow } from './arrow'
import type { DataFormat } from './data-format'
import { delimitedText } from './delimited-text'
import { folder } from './folder'
import { idx } from './idx'
import { imageArchive } from './image-archive'
import { json } from './json'
import { npy } from './npy'
import { npz } from './npz'
import { parquet } from './parquet'

/** Every format that Bakeoff reads; the first that accepts a file reads it. Text comes last. */
export const DATA_FORMATS: readonly DataFormat[] = [
  folder,
  npy,
  npz,
  idx,
  parquet,
  arrow,
  imageArchive,
  json,
  delimitedText,
]
