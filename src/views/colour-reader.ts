/** Reads what a colour of the page, `var(--ink)`, is at an element in the present theme. */
export function colourReader(place: HTMLElement): (colour: string) => string {
  const known = new Map<string, string>()
  return (colour) => {
    const found = known.get(colour) ?? readColour(place, colour)
    known.set(colour, found)
    return found
  }
}

function readColour(place: HTMLElement, colour: string): string {
  const probe = document.createElement('span')
  probe.style.color = colour
  place.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
