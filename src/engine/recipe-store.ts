import type { KeptRecipe } from './journal-database'
import { StorageConnection } from './storage-connection'
import { writeWhole } from './write-whole'

/** Recipes that are kept; the oldest give way. */
export const MOST_RECIPES = 200

/** How data sets were set up the last time, on disk; see {@link StorageConnection}. */
export class RecipeStore {
  readonly #connection: StorageConnection

  constructor(onProblem: (problem: string) => void) {
    const advice = 'Delete kept answers or past comparisons under Storage.'
    this.#connection = new StorageConnection(onProblem, advice)
  }

  /** Latest first. */
  async list(): Promise<readonly KeptRecipe[] | null> {
    const all = await this.#connection.try('Kept setups cannot be read', (database) =>
      database.getAll('recipes'),
    )
    return all?.toSorted((a, b) => b.savedAt - a.savedAt) ?? null
  }

  async get(id: string): Promise<KeptRecipe | null> {
    const kept = await this.#connection.try('The kept setup cannot be read', (database) =>
      database.get('recipes', id),
    )
    return kept ?? null
  }

  /** Adds or replaces. */
  async put(recipe: KeptRecipe): Promise<void> {
    await this.#connection.try('The setup is not kept', async (database) => {
      const transaction = database.transaction('recipes', 'readwrite')
      const others = (await transaction.store.getAll()).filter(({ id }) => id !== recipe.id)
      const beyond = others.toSorted((a, b) => b.savedAt - a.savedAt).slice(MOST_RECIPES - 1)
      await writeWhole(transaction, [
        () => transaction.store.put(recipe),
        ...beyond.map(
          ({ id }) =>
            () =>
              transaction.store.delete(id),
        ),
      ])
    })
  }

  async delete(ids: readonly string[]): Promise<void> {
    await this.#connection.try('The setup cannot be deleted', async (database) => {
      const transaction = database.transaction('recipes', 'readwrite')
      await writeWhole(
        transaction,
        ids.map((id) => () => transaction.store.delete(id)),
      )
    })
  }
}
