import type { ModelInfo } from '../core/model'

/** Whether a model takes texts at an input, so that a column of texts can be a feature. */
export function readsTexts({ inputs }: ModelInfo): boolean {
  return inputs.some(({ type }) => type === 'string')
}
