/**
 * Writes bundle/inquest.mjs: what runs from a checkout of which nothing is installed, for GitHub and for pre-commit. It is
 * committed. With --check it writes nothing and fails where the file is not what the source gives; with --to it writes another file.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const [mode, file] = process.argv.slice(2)
const target = mode === '--to' ? file : path.join(root, 'bundle/inquest.mjs')
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
/** In bytes: every checkout carries it, in every version. */
const largest = 900_000

const entry = `
  import { runAction } from './src/fronts/action/action.js'
  import { main } from './src/fronts/cli/main.js'
  import { suitDocuments } from './src/engine/v8.js'
  suitDocuments()
  export const version = ${JSON.stringify(version)}
  export { runAction }
  export const runCheck = (argv) => main(['check', ...argv], version, [
    { name: 'check', summary: 'check documents', load: async () => (await import('./src/fronts/cli/verbs/check.js')).checkVerb },
  ])
`

const { outputFiles } = await build({
  stdin: { contents: entry, resolveDir: root, loader: 'ts' },
  write: false,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  legalComments: 'none',
  // Native parts are packages of their own for each system: remark reads Markdown where satteri is not there.
  external: ['satteri', 'better-sqlite3', 'sqlite-vec'],
  banner: { js: "// Written by scripts/bundle.mjs from src/; not edited by hand.\nimport { createRequire as inquestRequire } from 'node:module'; const require = inquestRequire(import.meta.url);" },
  logLevel: 'warning',
})
const [{ text }] = outputFiles
if (text.length > largest) {
  console.error(`bundle/inquest.mjs: ${text.length} bytes, expected at most ${largest}`)
  process.exit(1)
}
if (mode !== '--check') writeFileSync(target, text)
else {
  let before = ''
  try {
    before = readFileSync(target, 'utf8')
  } catch {
    // Without the file there is nothing that could be current.
  }
  if (before !== text) {
    console.error('bundle/inquest.mjs: is not what the source gives; run `npm run bundle`')
    process.exit(1)
  }
}
