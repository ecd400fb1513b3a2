import type { OutputBinding } from './task'

/** The outputs that a binding reads, in the order in which their numbers stand in a row. */
export function readOutputs({
  output,
  width,
  parts,
}: OutputBinding): readonly { readonly output: string; readonly width: number }[] {
  return parts ?? [{ output, width }]
}
