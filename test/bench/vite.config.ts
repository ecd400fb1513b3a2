import { defineConfig } from 'vite'
import app from '../../vite.config.ts'

/** The bench page, built like the app: only built output has the runtime's real wiring and speed. */
export default defineConfig({
  ...app,
  root: new URL('page', import.meta.url).pathname,
  publicDir: new URL('../../public', import.meta.url).pathname,
})
