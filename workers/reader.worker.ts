import { expose } from 'comlink'
import type { ReaderApi } from '../src/contract/reader'
import { Reader } from './reader/reader'

expose(new Reader(globalThis.crossOriginIsolated) satisfies ReaderApi)
