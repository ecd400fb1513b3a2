import type { TaskKind } from '../core/task'
import { classification } from './classification'
import { parity } from './parity'
import { policy } from './policy'
import { regression } from './regression'
import type { Task } from './task'

const TASKS: Readonly<Record<TaskKind, Task>> = {
  classification,
  regression,
  policy,
  parity,
}

export function taskOf(kind: TaskKind): Task {
  return TASKS[kind]
}

/** Every task, in the order of the page's choice. */
export function allTasks(): readonly Task[] {
  return Object.values(TASKS)
}
