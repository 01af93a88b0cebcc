/** Starts processes that use the concept store, for what tortures and measures it: bundled once, so that each starts quickly. */
import { spawn } from 'node:child_process'
import { realpathSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

export const projectRoot = fileURLToPath(new URL('..', import.meta.url))
/** Below the libraries, so that they are found, and of this run alone. */
const folder = path.join(realpathSync(path.join(projectRoot, 'node_modules')), `.cache/inquest-torture-${process.pid}`)
export const bundle = path.join(folder, 'torture-store-driver.mjs')

export async function bundleDriver() {
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  await build({
    absWorkingDir: projectRoot,
    entryPoints: { 'torture-store-driver': 'scripts/torture-store-driver.mjs', 'store-thread': 'src/memory/store-thread.ts', 'store-scenarios': 'scripts/store-scenarios.mjs' },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['satteri', 'better-sqlite3'],
    banner: { js: "import { createRequire as inquestRequire } from 'node:module'; const require = inquestRequire(import.meta.url);" },
    logLevel: 'warning',
  })
  return import(pathToFileURL(bundle).href)
}

/** What is done to stores; loads the engine, so that only who needs it does. */
export const loadScenarios = () => import(pathToFileURL(path.join(folder, 'store-scenarios.mjs')).href)

/** A process of the driver, whose lines are kept as they come. */
export const start = (args, options = {}) => startNode([bundle, ...args.map(String)], options)

/** The same for any script. */
export function startNode(args, { env = {}, cwd, onLine } = {}) {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
  const lines = []
  let rest = ''
  let stderr = ''
  const waiters = []
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    const pieces = (rest + chunk).split('\n')
    rest = pieces.pop()
    for (const line of pieces) {
      lines.push(line)
      onLine?.(line)
      for (const wake of waiters.splice(0)) wake()
    }
  })
  child.stderr.setEncoding('utf8').on('data', (chunk) => (stderr += chunk))
  child.stdin.on('error', () => undefined)
  const ended = new Promise((resolve) => child.on('close', (status, signal) => {
    for (const wake of waiters.splice(0)) wake()
    resolve({ status, signal, lines, stderr })
  }))
  const saw = async (text) => {
    while (!lines.includes(text)) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The process ended before it said ${text}: ${stderr}`)
      await new Promise((resolve) => waiters.push(resolve))
    }
  }
  return { child, ended, saw, go: () => child.stdin.write('x\n'), lines }
}

/** The last line, as what it says. */
export const answerOf = ({ lines, stderr }) => {
  try {
    return JSON.parse(lines.at(-1))
  } catch {
    throw new Error(`A process ended without an answer: ${lines.at(-1) ?? ''} ${stderr}`)
  }
}

export const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
export const rounded = (number) => Math.round(number * 10) / 10
export const sortedNumbers = (numbers) => [...numbers].toSorted((a, b) => a - b)
