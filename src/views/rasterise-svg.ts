/**
 * An SVG text as PNG, `scale` times its own size. Null where the browser cannot: the canvas is too
 * large for it, or its memory is short.
 */
export async function rasteriseSvg(svg: string, scale: number): Promise<Blob | null> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth * scale
    canvas.height = image.naturalHeight * scale
    const context = canvas.getContext('2d')
    if (context === null) return null
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve) => {
      canvas.toBlob(resolve, 'image/png')
    })
  } catch {
    return null
  } finally {
    URL.revokeObjectURL(address)
  }
}
