/** Owns what scripts that try texts out have in common: the library as it stands in the source, and chance that repeats. */
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The library as one file beside the built ones, since it looks for its templates from where it lies. */
export async function loadSource() {
  const outfile = path.join(root, 'dist', `fuzz-${process.pid}.mjs`)
  const names = {
    './src/document/document.ts': ['parseDocument'],
    './src/document/label.ts': ['labelledFields'],
    './src/document/markdown.ts': ['loadRemark'],
    './src/document/nodes.ts': ['spanOf', 'walk'],
    './src/document/section.ts': ['eachSection'],
    './src/document/table.ts': ['viewTable'],
    './src/document/task.ts': ['taskItems'],
    './src/engine/examine.ts': ['examine', 'findingsOf', 'placeFindings'],
    './src/engine/node-host.ts': ['createNodeHost'],
    './src/engine/operations/fix.ts': ['fix'],
    './src/engine/workspace.ts': ['openWorkspace'],
    './src/text/edit.ts': ['applyEdits'],
  }
  mkdirSync(path.dirname(outfile), { recursive: true })
  await build({
    stdin: { contents: Object.entries(names).map(([from, what]) => `export { ${what.join(', ')} } from '${from}'`).join('\n'), resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    external: ['satteri'],
    define: { INQUEST_VERSION: '"0.0.0"' },
    banner: { js: "import { createRequire as fuzzRequire } from 'node:module'; const require = fuzzRequire(import.meta.url);" },
    logLevel: 'error',
  })
  try {
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(outfile)
  }
}

/** The same numbers for the same seed. */
export function createRandom(start) {
  let state = start | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
