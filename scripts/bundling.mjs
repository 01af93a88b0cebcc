/** Owns how the source is bundled: what goes in and what stays outside, the templates compiled ahead, and the licences of what is inside. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))

/**
 * satteri's own modules go into the bundle, because finding twenty files takes longer than reading a document;
 * what is left outside is the one that looks for the native part for this system, or that part itself.
 */
const satteri = path.join(root, 'node_modules/satteri')
const bindingNames = /export \{([^}]+)\}/u.exec(readFileSync(path.join(satteri, 'dist/binding.js'), 'utf8'))?.[1] ?? ''
const nativePart = (found) => ({
  name: 'native part',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^#binding$/ }, () => ({ path: 'satteri/binding', namespace: 'native-part', sideEffects: false }))
    onLoad({ filter: /.*/, namespace: 'native-part' }, () => ({ contents: `import { pathToFileURL } from 'node:url'\nexport const {${bindingNames}} = ${found}` }))
  },
})

/** gray-matter brings a YAML engine of its own, which it is never let use. */
const withoutSecondYaml = {
  name: 'one YAML engine',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^js-yaml$/ }, ({ importer }) => (importer.includes('gray-matter') ? { path: 'none', namespace: 'no-yaml' } : undefined))
    onLoad({ filter: /.*/, namespace: 'no-yaml' }, () => ({ contents: 'exports.safeLoad = exports.safeDump = () => { throw new TypeError("gray-matter is always given an engine") }' }))
  },
}

/** The same for the same sources, so that what one build kept is not taken for what another would find. */
function buildName() {
  const hash = createHash('sha256')
  for (const folder of ['src', 'templates']) {
    for (const file of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).toSorted()) {
      if (/\.(?:ts|js|md)$/u.test(file)) hash.update(file).update(readFileSync(path.join(root, folder, file)))
    }
  }
  hash.update(readFileSync(path.join(root, 'package-lock.json')))
  return `${version}-${hash.digest('hex').slice(0, 12)}`
}

const satteriEntry = "inquestRequire(import.meta.url).resolve('satteri').replace(/dist[^]*$/u, 'index.js')"

/**
 * The expression that gives satteri's native part. Its own entry looks at the system's libraries to tell which package is meant, of which
 * only one is installed; it is asked where that has another name.
 * @param {string} load what loads the entry
 */
const nativePartBy = (load) => `(() => {
  const from = inquestRequire(${satteriEntry})
  for (const kind of ['', '-gnu', '-musl', '-msvc']) {
    try {
      return from('@bruits/satteri-' + process.platform + '-' + process.arch + kind)
    } catch {}
  }
})() ?? ${load}`

/** @param {string} found the expression that gives satteri's native part, by default that of the package for this system */
export const bundleOptions = (found = nativePartBy(`await import(pathToFileURL(${satteriEntry}).href)`)) => ({
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  plugins: [nativePart(found), withoutSecondYaml],
  // Its native part is a file that is found at run time.
  external: ['better-sqlite3'],
  define: { INQUEST_VERSION: JSON.stringify(version), INQUEST_BUILD: JSON.stringify(buildName()) },
  // Some bundled libraries are CommonJS and ask for Node's own modules by require.
  banner: { js: "import { createRequire as inquestRequire } from 'node:module'; const require = inquestRequire(import.meta.url);" },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
})

/** Loading it takes as long as reading a document, and few documents have anything hashed. */
const cryptoOnDemand = {
  name: 'crypto on demand',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:crypto$/ }, ({ namespace }) => (namespace === 'on-demand' ? { path: 'node:crypto', external: true } : { path: 'crypto', namespace: 'on-demand' }))
    onLoad({ filter: /.*/, namespace: 'on-demand' }, () => ({ contents: "export const createHash = (name) => require('node:crypto').createHash(name)" }))
  },
}

/**
 * One script for what runs most, as a function for `src/engine/files/script.ts`: modules are bound one by one when they are loaded, and
 * V8 keeps nothing of what it made of them.
 */
export const scriptOptions = () => {
  const { define, plugins, banner: _, ...options } = bundleOptions(nativePartBy(`inquestRequire(import.meta.url)(${satteriEntry})`))
  return {
    ...options,
    plugins: [cryptoOnDemand, ...plugins],
    format: 'cjs',
    minifyIdentifiers: true,
    // A script that V8 is given by hand has nobody to ask for modules.
    supported: { 'dynamic-import': false },
    define: { ...define, 'import.meta.url': 'inquestUrl' },
    banner: { js: "(function (require, __filename) { const module = { exports: {} }, inquestUrl = require('node:url').pathToFileURL(__filename).href, inquestRequire = require('node:module').createRequire;" },
    footer: { js: 'return module.exports })' },
  }
}

/** Compiles the built-in templates ahead, with the compiler that they would be compiled with. @param {string} to a folder */
export async function packTemplates(to) {
  const outfile = path.join(root, 'dist', `pack-${process.pid}.js`)
  const parts = {
    './src/document/document.ts': 'parseDocument',
    './src/document/markdown.ts': 'loadMarkdown',
    './src/rules/judge.ts': 'ruleNames',
    './src/template/compile.ts': 'compileTemplate',
    './src/template/packed.ts': 'packTemplate',
  }
  const contents = Object.entries(parts).map(([from, name]) => `export { ${name} } from '${from}'`).join('\n')
  await build({ ...bundleOptions(), stdin: { contents, resolveDir: root }, outfile })
  const { parseDocument, loadMarkdown, ruleNames, compileTemplate, packTemplate } = await import(pathToFileURL(outfile).href)
  rmSync(outfile)
  mkdirSync(to, { recursive: true })
  for (const file of readdirSync(path.join(root, 'templates'))) {
    const document = parseDocument(readFileSync(path.join(root, 'templates', file), 'utf8'), await loadMarkdown())
    const made = compileTemplate(document, `builtin:${file}`, ruleNames)
    if (made.kind === 'faulty') throw new Error(`${file}: ${made.mistakes[0]?.message}`)
    writeFileSync(path.join(to, `${file}.json`), packTemplate(made.template))
  }
}

/** The licences of the packages that went into a bundle, one below the other. */
export function licencesOf(metafile) {
  const packages = new Set(
    Object.keys(metafile.inputs).flatMap((input) => {
      const match = /^node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(input)
      return match === null ? [] : [match[1]]
    }),
  )
  const licences = [...packages].toSorted().map((name) => {
    const folder = path.join(root, 'node_modules', name)
    const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
    const file = ['LICENSE', 'license', 'LICENSE.md', 'license.md', 'LICENCE', 'LICENSE.txt', 'License.txt'].map((one) => path.join(folder, one)).find((one) => existsSync(one))
    return `${name} ${manifest.version} (${manifest.license ?? 'see its files'})\n\n${file === undefined ? '' : readFileSync(file, 'utf8').trim()}\n`
  })
  return licences.join(`\n${'-'.repeat(72)}\n\n`)
}
