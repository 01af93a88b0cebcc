/**
 * Packs the extension for VS Code into fronts/vscode/dist/inquest-<version>.vsix, with the server in it, and says its size.
 * With --target, such as linux-x64, it carries satteri's native part for that system and is for that system alone.
 */
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { createVSIX } from '@vscode/vsce'
import { build } from 'esbuild'
import { bundleOptions, licencesOf, packTemplates, root, version } from './bundling.mjs'

/** What VS Code calls a system, and satteri. */
const nativeParts = {
  'linux-x64': 'linux-x64-gnu',
  'linux-arm64': 'linux-arm64-gnu',
  'alpine-x64': 'linux-x64-musl',
  'alpine-arm64': 'linux-arm64-musl',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'win32-x64-msvc',
  'win32-arm64': 'win32-arm64-msvc',
}

const { values } = parseArgs({ options: { target: { type: 'string' }, out: { type: 'string' } } })
const { target } = values
if (target !== undefined && nativeParts[target] === undefined) {
  console.error(`--target ${target}: expected one of ${Object.keys(nativeParts).join(', ')}`)
  process.exit(2)
}
const source = path.join(root, 'fronts/vscode')
const stage = path.join(source, 'dist/package')
const file = values.out ?? path.join(source, 'dist', `inquest-${target === undefined ? '' : `${target}-`}${version}.vsix`)
rmSync(stage, { recursive: true, force: true })
mkdirSync(path.join(stage, 'server'), { recursive: true })
mkdirSync(path.dirname(file), { recursive: true })

const client = await build({
  absWorkingDir: root,
  entryPoints: ['fronts/vscode/src/extension.ts'],
  outfile: path.join(stage, 'dist/extension.cjs'),
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  external: ['vscode'],
  minify: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
})

/** The program with the verbs that the extension runs. */
const entry = `
  import { start } from './src/fronts/cli/start.js'
  await start([
    { name: 'check', summary: 'check documents', load: async () => (await import('./src/fronts/cli/verbs/check.js')).checkVerb },
    { name: 'lsp', summary: 'serve editors', load: async () => (await import('./src/fronts/cli/verbs/lsp.js')).lspVerb },
  ])
`
const program = {
  name: 'program of the extension',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^extension-program$/ }, () => ({ path: 'cli', namespace: 'extension-program' }))
    onLoad({ filter: /.*/, namespace: 'extension-program' }, () => ({ contents: entry, resolveDir: root, loader: 'ts' }))
  },
}
const options = bundleOptions("require('./satteri.node')")
const server = await build({
  ...options,
  entryPoints: [{ in: 'extension-program', out: 'cli' }, { in: 'src/fronts/lsp/thread.ts', out: 'lsp-server' }],
  plugins: [...options.plugins, program],
  external: [...options.external, './satteri.node'],
  outdir: path.join(stage, 'server'),
  chunkNames: '[name]-[hash]',
  splitting: true,
  minify: true,
  metafile: true,
})
await packTemplates(path.join(stage, 'server/templates'))
cpSync(path.join(root, 'templates'), path.join(stage, 'server/templates'), { recursive: true })
cpSync(path.join(root, 'docs/rules'), path.join(stage, 'server/docs/rules'), { recursive: true })
writeFileSync(path.join(stage, 'server/package.json'), `${JSON.stringify({ name: 'inquest', version, type: 'module', private: true }, undefined, 2)}\n`)
writeFileSync(path.join(stage, 'THIRD-PARTY-LICENSES.txt'), licencesOf({ inputs: { ...client.metafile.inputs, ...server.metafile.inputs } }))
if (target !== undefined) copyFileSync(nativePart(nativeParts[target]), path.join(stage, 'server/satteri.node'))

const manifest = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8'))
writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify({ ...manifest, version }, undefined, 2)}\n`)
for (const name of ['README.md', 'CHANGELOG.md', 'LICENSE', 'snippets.json', 'media', 'walkthrough']) cpSync(path.join(source, name), path.join(stage, name), { recursive: true })
copyFileSync(path.join(root, 'schema/config.schema.json'), path.join(stage, 'config.schema.json'))

await createVSIX({ cwd: stage, packagePath: file, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false, ...(target !== undefined && { target }) })
console.log(`${path.relative(process.cwd(), file)}: ${statSync(file).size} bytes`)

/** @throws Error where the package for the system is not installed; npm installs the one of this system alone */
function nativePart(name) {
  const folder = path.join(root, 'node_modules/@bruits', `satteri-${name}`)
  const found = existsSync(folder) ? readdirSync(folder).find((one) => one.endsWith('.node')) : undefined
  if (found === undefined) throw new Error(`@bruits/satteri-${name} is not installed: npm install --no-save --force @bruits/satteri-${name}`)
  return path.join(folder, found)
}
