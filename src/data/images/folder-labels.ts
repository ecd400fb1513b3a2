/** Folders that say what images are for, not what they show. */
const SPLIT = /^(train|training|val|valid|validation|dev|test|testing|eval)$/i

export interface FolderLabels {
  /** By image; null where it lies in no folder of a class. */
  readonly labels: readonly (string | null)[]
  /** Names of folders such as `train` and `val` whose images are read as one set, in order. */
  readonly splits: readonly string[]
}

/**
 * Labels of images by the folders they lie in, as torchvision's `ImageFolder` reads them: below what
 * all paths share, the first folder is the class, however deep the image lies in it. Images of one
 * folder alone are called by it.
 * @param paths with `/`, relative
 */
export function folderLabels(paths: readonly string[]): FolderLabels {
  const folders = paths.map((path) => path.split('/').slice(0, -1))
  let depth = sharedDepth(folders)
  const splits = splitNames(folders, depth)
  if (splits.length > 0) depth += 1
  else if (folders.every((parts) => parts.length === depth) && depth > 0) depth -= 1
  return { labels: folders.map((parts) => parts[depth] ?? null), splits }
}

/** How many folders, from the outermost on, all paths have in common. */
function sharedDepth(folders: readonly (readonly string[])[]): number {
  const [first = [], ...rest] = folders
  let depth = first.length
  for (const parts of rest) {
    let same = 0
    while (same < depth && parts[same] === first[same]) same += 1
    depth = same
  }
  return depth
}

function splitNames(folders: readonly (readonly string[])[], depth: number): readonly string[] {
  const names = new Set<string>()
  for (const parts of folders) {
    const name = parts[depth]
    if (name === undefined || !SPLIT.test(name) || parts.length < depth + 2) return []
    names.add(name)
  }
  return [...names]
}
