/** One field of all used rows. Texts are codes into a dictionary, −1 where missing. */
export type FieldColumn =
  | { readonly kind: 'numeric'; readonly values: ArrayLike<number> }
  | {
      readonly kind: 'text'
      readonly codes: Int32Array
      readonly dictionary: readonly string[]
      /** The codes rise with the order that people expect. */
      readonly isOrdered: boolean
    }
