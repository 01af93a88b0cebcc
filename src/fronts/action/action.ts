/** Owns the action for GitHub: inputs in, then annotations, the summary of the step, a SARIF file and outputs. */

import { randomUUID } from 'node:crypto'
import * as path from 'node:path'
import type { CheckInput, CheckResult } from '../../engine/operations/check.js'
import { check } from '../../engine/operations/check.js'
import { describeRules } from '../../engine/operations/explain.js'
import type { Host } from '../../engine/host.js'
import { createNodeHost } from '../../engine/node-host.js'
import { InquestError } from '../../errors.js'
import type { Severity } from '../../finding/finding.js'
import { severities } from '../../finding/finding.js'
import { commandText, reportGithub, summariseForGithub } from '../../report/github.js'
import type { Report, Style } from '../../report/report.js'
import { reportSarif } from '../../report/sarif.js'
import { inBatches } from '../../text/batches.js'

/** Runs the action in the environment of a step and answers its exit status; throws nothing. */
export async function runAction(version: string, env: Readonly<Record<string, string | undefined>> = process.env, out: (text: string) => void = (text) => void process.stdout.write(text)): Promise<number> {
  try {
    return await run(version, env, out)
  } catch (error) {
    const known = error instanceof InquestError
    const message = error instanceof Error ? error.message : String(error)
    const hint = known ? error.hint : 'This is a mistake in inquest; please report it with the inputs of the step'
    out(`::error title=inquest::${commandText(hint === undefined ? message : `${message}\n${hint}`)}\n`)
    return known ? 2 : 3
  }
}

async function run(version: string, env: Readonly<Record<string, string | undefined>>, out: (text: string) => void): Promise<number> {
  const input = (name: string): string => env[`INPUT_${name.toUpperCase()}`]?.trim() ?? ''
  const host = createNodeHost(path.resolve(env['GITHUB_WORKSPACE'] ?? process.cwd(), input('working-directory') || '.'), env)
  if (!host.isFolder(host.cwd)) throw new InquestError('usage', `working-directory: ${input('working-directory')}: there is no such folder`)
  const failOn = choice('fail-on', input('fail-on'), [...severities, 'never'] as const)
  const show = choice('show', input('show'), severities)
  const common: CheckInput = {
    paths: input('paths').split('\n').map((line) => line.trim()).filter((line) => line !== ''),
    ignoreBaseline: choice('baseline', input('baseline'), ['true', 'false'] as const) === 'false',
    ...(failOn !== undefined && { failOn }),
  }
  const changedSince = input('changed-since')
  const result = await check(host, { ...common, ...(changedSince !== '' && { changedSince }) })
  const sarif = input('sarif-file')
  // Code scanning takes what is missing from a file for mended, so the file holds all documents whatever is annotated.
  if (sarif !== '') host.writeFile(path.resolve(host.cwd, sarif), reportSarif(reportOf(changedSince === '' ? result : await check(host, common), version), styleOf(show ?? 'info')))
  const report = reportOf(result, version)
  const style = styleOf(show ?? 'warning')
  const summaryFile = env['GITHUB_STEP_SUMMARY'] ?? ''
  if (summaryFile !== '') host.appendFile(path.resolve(host.cwd, summaryFile), summariseForGithub(report, style))
  writeOutputs(host, env, { ...countsOf(result), 'sarif-file': sarif })
  for (const batch of inBatches(reportGithub(report, style))) out(batch)
  return result.failed ? 1 : 0
}

/** Undefined for nothing said. @throws InquestError `usage` for what is none of the choices */
function choice<T extends Severity | 'never' | 'true' | 'false'>(name: string, written: string, choices: readonly T[]): T | undefined {
  const found = choices.find((one) => one === written.toLowerCase())
  if (written !== '' && found === undefined) throw new InquestError('usage', `${name}: there is no "${written}"`, { hint: `It takes ${choices.join(', ')}` })
  return found
}

function reportOf(result: CheckResult, version: string): Report {
  return { ...result, version, rules: describeRules() }
}

function styleOf(show: Severity): Style {
  return { color: false, show, statistics: false }
}

function countsOf({ summary, failed }: CheckResult): Readonly<Record<string, string>> {
  const { documents, errors, warnings, infos } = summary
  return { documents: String(documents), errors: String(errors), warnings: String(warnings), infos: String(infos), failed: String(failed) }
}

/** In the form that takes any value: nobody can guess the word that ends it. */
function writeOutputs(host: Host, env: Readonly<Record<string, string | undefined>>, outputs: Readonly<Record<string, string>>): void {
  const file = env['GITHUB_OUTPUT'] ?? ''
  if (file === '') return
  const end = `end-${randomUUID()}`
  host.appendFile(path.resolve(host.cwd, file), Object.entries(outputs).map(([name, value]) => `${name}<<${end}\n${value}\n${end}\n`).join(''))
}
