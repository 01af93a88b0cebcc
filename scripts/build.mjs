/** Bundles the program and the library into dist/, and writes the types and the licences of what is bundled. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
rmSync(path.join(root, 'dist'), { recursive: true, force: true })

const result = await build({
  absWorkingDir: root,
  entryPoints: { cli: 'src/fronts/cli/bin.ts', index: 'src/index.ts', unified: 'src/unified.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  metafile: true,
  // Their native parts are files that are found at run time.
  external: ['satteri', 'better-sqlite3'],
  define: { INQUEST_VERSION: JSON.stringify(version) },
  // Some bundled libraries are CommonJS and ask for Node's own modules by require.
  banner: { js: "import { createRequire as inquestRequire } from 'node:module'; const require = inquestRequire(import.meta.url);" },
  logLevel: 'warning',
})
chmodSync(path.join(root, 'dist/cli.js'), 0o755)

const packages = new Set(
  Object.keys(result.metafile.inputs).flatMap((input) => {
    const match = /^node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(input)
    return match === null ? [] : [match[1]]
  }),
)
const licences = [...packages].toSorted().map((name) => {
  const folder = path.join(root, 'node_modules', name)
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const file = ['LICENSE', 'license', 'LICENSE.md', 'license.md', 'LICENCE', 'LICENSE.txt'].map((one) => path.join(folder, one)).find((one) => existsSync(one))
  return `${name} ${manifest.version} (${manifest.license ?? 'see its files'})\n\n${file === undefined ? '' : readFileSync(file, 'utf8').trim()}\n`
})
writeFileSync(path.join(root, 'dist/THIRD-PARTY-LICENSES.txt'), licences.join(`\n${'-'.repeat(72)}\n\n`))

const types = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], { cwd: root, stdio: 'inherit' })
if (types.status !== 0) process.exit(1)
