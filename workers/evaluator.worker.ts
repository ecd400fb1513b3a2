import { expose } from 'comlink'
import { Evaluator } from './evaluator/evaluator'

expose(new Evaluator())
