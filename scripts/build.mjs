/** Bundles the program and the library into dist/, and writes the types and the licences of what is bundled. */
import { spawnSync } from 'node:child_process'
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { bundleOptions, licencesOf, packTemplates, root } from './bundling.mjs'

rmSync(path.join(root, 'dist'), { recursive: true, force: true })

const { metafile } = await build({
  ...bundleOptions(),
  entryPoints: { cli: 'src/fronts/cli/bin.ts', index: 'src/index.ts', unified: 'src/unified.ts', 'mcp-worker': 'src/fronts/mcp/worker.ts', 'store-thread': 'src/memory/store-thread.ts', 'judge-worker': 'src/engine/judge-worker.ts' },
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
