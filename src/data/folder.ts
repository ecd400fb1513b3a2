import { readFolderBundle, isFolderBundle } from '../core/folder-bundle'
import { quoted } from '../core/display-text'
import { failed } from '../core/failure'
import { testDataPlace } from '../core/test-data-name'
import type { DataFormat } from './data-format'
import { readImageFolder } from './images/read-image-folder'
import { readTestData } from './onnx/read-test-data'

/** A folder that the page has made one file of. */
export const folder: DataFormat = {
  label: 'a folder of images or of ONNX test data',
  accepts: isFolderBundle,
  read: async (file, id, onProgress) => {
    const parts = await readFolderBundle(file)
    if (parts === null) {
      return failed(
        'data-malformed',
        `${quoted(file.name)} is no whole folder.`,
        'Drop the folder itself.',
      )
    }
    const files = parts.map(({ path, file: part }) => ({
      path,
      size: part.size,
      bytes: async () => new Uint8Array(await part.arrayBuffer()),
    }))
    if (files.some(({ path }) => testDataPlace(path) !== null)) {
      const about = { file, name: file.name, id, bytes: file.size }
      return readTestData(about, files, onProgress)
    }
    return readImageFolder({ file, name: file.name, id, bytes: file.size, files }, onProgress)
  },
}
