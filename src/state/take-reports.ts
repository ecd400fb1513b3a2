import { sortFile, type FileSort } from './sort-file'

interface Taken {
  readonly reports: readonly File[]
  readonly histories: readonly File[]
  readonly recipes: readonly File[]
  /** Models, data and whatever else the shelf is for. */
  readonly others: readonly File[]
}

/** Parts what Bakeoff has written (reports, histories, recipes) from the files of a comparison. */
export async function takeReports(files: readonly File[]): Promise<Taken> {
  const sorts = await Promise.all(files.map(sortFile))
  const of = (sort: FileSort) => files.filter((_, index) => sorts[index] === sort)
  const [reports, histories, recipes] = [of('report'), of('history'), of('recipe')]
  const ours = new Set([...reports, ...histories, ...recipes])
  return { reports, histories, recipes, others: files.filter((file) => !ours.has(file)) }
}
