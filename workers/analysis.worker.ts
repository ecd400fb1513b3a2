import { expose } from 'comlink'
import type { AnalysisApi } from '../src/contract/analysis'
import { Analysis } from './analysis/analysis'

expose(new Analysis() satisfies AnalysisApi)
