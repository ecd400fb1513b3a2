export type ThemeChoice = 'system' | 'light' | 'dark'

const STORAGE_KEY = 'bakeoff.theme'
const CHOICES: readonly ThemeChoice[] = ['system', 'light', 'dark']

/** Light, dark, or as the system says; remembered where the browser lets a page remember. */
export class Theme {
  choice = $state<ThemeChoice>(remembered())

  constructor() {
    this.#apply()
  }

  set(choice: ThemeChoice): void {
    this.choice = choice
    this.#apply()
    try {
      localStorage.setItem(STORAGE_KEY, choice)
    } catch {
      // Storage is refused in some private modes: the choice then lasts as long as the page.
    }
  }

  #apply(): void {
    document.documentElement.dataset['theme'] = this.choice
  }
}

function remembered(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORAGE_KEY)
    return CHOICES.find((choice) => choice === stored) ?? 'system'
  } catch {
    return 'system'
  }
}
