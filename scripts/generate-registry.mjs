/** Writes the registry of rules from the files under src/rules, so that a new rule is one new file. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const folder = new URL('../src/rules/', import.meta.url)
const rules = readdirSync(folder)
  .filter((file) => /^[a-z-]+\.ts$/u.test(file))
  .flatMap((file) => {
    const exported = /^export const (\w+): (?:FactRule|DocumentRule|OutcomeRule|ExportRule)\b/mu.exec(readFileSync(new URL(file, folder), 'utf8'))
    return exported === null ? [] : [{ file: file.replace(/\.ts$/u, ''), name: exported[1] }]
  })
  .toSorted((a, b) => (a.file < b.file ? -1 : 1))

const lines = [
  '/** Owns the list of all rules. Written by scripts/generate-registry.mjs from the files of this folder. */',
  '',
  ...rules.map(({ file, name }) => `import { ${name} } from './${file}.js'`),
  "import type { Rule } from './rule.js'",
  '',
  'export const rules: readonly Rule[] = [',
  ...rules.map(({ name }) => `  ${name},`),
  ']',
  '',
]
writeFileSync(new URL('registry.generated.ts', folder), lines.join('\n'))
