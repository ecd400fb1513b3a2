import { sortFile } from './sort-file'

interface Taken {
  readonly reports: readonly File[]
  readonly histories: readonly File[]
  /** Models, data and whatever else the shelf is for. */
  readonly others: readonly File[]
}

/** Parts reports and exported histories from the files of a comparison. */
export async function takeReports(files: readonly File[]): Promise<Taken> {
  const sorts = await Promise.all(files.map(sortFile))
  return {
    reports: files.filter((_, index) => sorts[index] === 'report'),
    histories: files.filter((_, index) => sorts[index] === 'history'),
    others: files.filter((_, index) => sorts[index] !== 'report' && sorts[index] !== 'history'),
  }
}
