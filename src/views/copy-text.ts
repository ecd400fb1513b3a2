/** Puts a text on the clipboard; false where browser or user refuse. */
export async function copyText(text: string): Promise<boolean> {
  // Absent in insecure contexts, whatever the types say.
  const { clipboard } = navigator as { readonly clipboard?: Clipboard }
  try {
    await clipboard?.writeText(text)
    return clipboard !== undefined
  } catch {
    return false
  }
}
