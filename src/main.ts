import { mount } from 'svelte'
import App from './App.svelte'
import { AppState } from './state/app-state.svelte'
import { createAutomation } from './state/automation'
import './views/tokens.css'
import './views/base.css'
import './views/fields.css'
import './views/tables.css'

declare const __BAKEOFF_VERSION__: string

const target = document.getElementById('app')
if (target === null) throw new Error('index.html has no #app')

target.replaceChildren()
const app = new AppState(__BAKEOFF_VERSION__)
mount(App, { target, props: { app } })
window.bakeoff = createAutomation(app)
void app.openLink(location.hash)
void app.update.start()
