import { displayText } from '../core/display-text'
import type { Report } from '../core/report'
import { describeConditions } from './describe-conditions'
import { embedReport } from './embedded-report'
import {
  conditionsSection,
  logSection,
  modelsSection,
  remarksSection,
} from './html/conditions-sections'
import { curvesSection } from './html/curve-sections'
import {
  comparisonsSection,
  confusionSection,
  metricsSection,
  perClassSection,
} from './html/figures-sections'
import { markup, raw, type Html } from './html/markup'
import { leaderboardSection } from './html/leaderboard-section'
import { paritySections } from './html/parity-sections'
import { policySections } from './html/policy-sections'
import { STYLE } from './html/style'
import { primaryMetric } from './primary-metric'
import type { RequirementResult } from './requirement'
import { verdict } from './verdict'

/** Nothing but its own style and pictures within the file. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

/**
 * The report as one HTML file: no script, no request, for screen and paper. It holds the document
 * itself, so that Bakeoff opens it again.
 */
export function reportHtml(
  report: Report,
  requirements: readonly RequirementResult[] = [],
): string {
  const metric = primaryMetric(report)
  const sentence = verdict(report, metric)
  const sections = [
    requirementsSection(requirements),
    leaderboardSection(report, metric),
    comparisonsSection(report),
    metricsSection(report),
    perClassSection(report),
    confusionSection(report),
    curvesSection(report),
    ...policySections(report, metric),
    ...paritySections(report),
    conditionsSection(report),
    modelsSection(report),
    remarksSection(report),
    logSection(report),
  ]
  const { name, version } = report.generator
  return markup`${raw('<!doctype html>')}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="${name} ${version}" />
        <meta name="bakeoff-schema" content="${report.schema}" />
        <title>${displayText(sentence)}</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>${sentence}</h1>
          <p class="muted">${describeConditions(report, metric.label).join(' · ')}</p>
          ${sections}
        </main>
        <footer>
          Made by ${name} ${version}. Drop this file on Bakeoff, or give it to the command
          <span class="mono">bakeoff show</span>, to look into it.
        </footer>
        ${raw(embedReport(JSON.stringify(report)))}
      </body>
    </html> `.markup
}

function requirementsSection(requirements: readonly RequirementResult[]): Html | null {
  if (requirements.length === 0) return null
  return markup`<section>
    <h2>Requirements</h2>
    <ul>
      ${requirements.map(
        ({ expression, holds, checks }) =>
          markup`<li>
            <strong class="${holds ? 'good' : 'bad'}">${holds ? 'Holds' : 'Does not hold'}</strong>:
            <span class="mono">${expression}</span>
            <ul>
              ${checks.map(({ text }) => markup`<li>${text}</li>`)}
            </ul>
          </li>`,
      )}
    </ul>
  </section>`
}
