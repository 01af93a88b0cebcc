/** Bundles the program and the library into dist/, and writes the types and the licences of what is bundled. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { bundleOptions, licencesOf, packTemplates, root, scriptOptions } from './bundling.mjs'

rmSync(path.join(root, 'dist'), { recursive: true, force: true })

const check = path.join(root, 'dist/chunks/check.script')
await build({ ...scriptOptions(), entryPoints: ['src/fronts/cli/check-program.ts'], outfile: check })
const digest = createHash('sha256').update(readFileSync(check)).digest('hex').slice(0, 12)

const { define, external, ...options } = bundleOptions()
// Without pieces, so that starting is one file.
await build({
  ...options,
  define: { ...define, INQUEST_CHECK: JSON.stringify(digest) },
  external: [...external, './program.js'],
  entryPoints: { cli: 'src/fronts/cli/bin.ts', 'judge-worker': 'src/fronts/cli/judge-worker.ts' },
  outdir: 'dist',
})
const { metafile } = await build({
  ...bundleOptions(),
  entryPoints: { program: 'src/fronts/cli/program.ts', index: 'src/index.ts', unified: 'src/unified.ts', 'lsp-server': 'src/fronts/lsp/thread.ts', 'mcp-server': 'src/fronts/mcp/thread.ts', 'mcp-worker': 'src/fronts/mcp/worker.ts', 'store-thread': 'src/memory/store-thread.ts' },
  outdir: 'dist',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  metafile: true,
})
chmodSync(path.join(root, 'dist/cli.js'), 0o755)
await packTemplates(path.join(root, 'dist/templates'))
writeFileSync(path.join(root, 'dist/THIRD-PARTY-LICENSES.txt'), licencesOf(metafile))

const types = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], { cwd: root, stdio: 'inherit' })
if (types.status !== 0) process.exit(1)
