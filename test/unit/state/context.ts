import type { DatasetInfo } from '../../../src/core/dataset'
import type { ModelInfo } from '../../../src/core/model'
import type { TaskInfo } from '../../../src/core/task'
import { allTasks } from '../../../src/tasks/task-registry'

export function datasetOf(columns: readonly string[]): DatasetInfo {
  return {
    id: 'd',
    name: 'data.csv',
    bytes: 1,
    sha256: '00',
    rows: 3,
    columns: columns.map((name) => ({ name, type: 'number', missing: 0, distinct: 3 })),
    preview: [],
    warnings: [],
  }
}

export function modelOf(name: string): ModelInfo {
  return {
    id: `id of ${name}`,
    name,
    fileName: `${name}.onnx`,
    format: 'onnx',
    bytes: 10,
    sha256: '00',
    producer: '',
    irVersion: 8,
    opset: 17,
    domains: [],
    external: [],
    parameters: 1,
    operators: [],
    cpuOperators: [],
    metadata: [],
    inputs: [],
    outputs: [],
    classLabels: null,
    wasmOnly: null,
    usesFloat16: false,
    policy: null,
    notes: [],
    warnings: [],
  }
}

/** The real registry. */
export const tasks: readonly TaskInfo[] = allTasks().map((task) => task.info)
