import { expose } from 'comlink'
import type { ReaderApi } from '../src/contract/reader'
import { VALUES_IN_MEMORY, VALUES_READ_BACK } from '../src/core/caps'
import { ValueRoom } from '../src/data/room/value-room'
import { openOpfsScratch, removeStaleScratch } from './reader/opfs-scratch'
import { Reader } from './reader/reader'

const LIMITS = { inMemory: VALUES_IN_MEMORY, readBack: VALUES_READ_BACK }

void removeStaleScratch()
const openRoom = () => new ValueRoom(LIMITS, openOpfsScratch)
expose(new Reader(globalThis.crossOriginIsolated, openRoom) satisfies ReaderApi)
