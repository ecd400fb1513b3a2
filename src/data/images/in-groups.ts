/** Decoded pixels that may wait at once: 128 MiB of them, or one image that is larger. */
const GROUP_PIXELS = 2 ** 25
const GROUP_ITEMS = 8

/**
 * Does work for some items at a time, in their order: as many as memory bears.
 * @param pixels that the work of an item decodes
 * @param work for one item; what it rejects with, this rejects with
 * @param onGroup after each group, with the number of items done
 */
export async function inGroups<Item>(
  items: readonly Item[],
  pixels: (item: Item) => number,
  work: (item: Item, index: number) => Promise<void>,
  onGroup: (done: number) => void = () => undefined,
): Promise<void> {
  let start = 0
  while (start < items.length) {
    let end = start
    let held = 0
    while (end < items.length && end - start < GROUP_ITEMS) {
      held += pixels(items[end] as Item)
      if (end > start && held > GROUP_PIXELS) break
      end += 1
    }
    const first = start
    await Promise.all(items.slice(start, end).map((item, place) => work(item, first + place)))
    start = end
    onGroup(end)
  }
}
