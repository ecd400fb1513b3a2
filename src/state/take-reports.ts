import { sortFile } from './sort-file'

interface Taken {
  readonly reports: readonly File[]
  /** Models, data and whatever else the shelf is for. */
  readonly others: readonly File[]
}

/** Parts the reports from the files of a comparison. */
export async function takeReports(files: readonly File[]): Promise<Taken> {
  const sorts = await Promise.all(files.map(sortFile))
  return {
    reports: files.filter((_, index) => sorts[index] === 'report'),
    others: files.filter((_, index) => sorts[index] !== 'report'),
  }
}
