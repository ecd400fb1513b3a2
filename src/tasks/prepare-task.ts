import type { Dataset } from '../core/dataset'
import type { Outcome } from '../core/failure'
import type { PreparedTask, TaskRequest } from './prepared-task'
import { taskOf } from './task-registry'

/** Fits the task that is asked for to a dataset and models. */
export function prepareTask(dataset: Dataset, request: TaskRequest): Outcome<PreparedTask> {
  return taskOf(request.kind).prepare(dataset, request)
}
