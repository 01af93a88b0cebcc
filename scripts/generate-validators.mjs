/** Compiles the JSON Schemas under schema/ to plain functions, so that a check carries no schema library. */
import { readFileSync, writeFileSync } from 'node:fs'
import Ajv from 'ajv'
import standaloneCode from 'ajv/dist/standalone/index.js'

const names = ['config', 'template']
const ajv = new Ajv({
  allErrors: true,
  strictRequired: false,
  strictTypes: false,
  // Lengths in UTF-16 units need no helper from the library at run time.
  unicode: false,
  code: { source: true, esm: true, lines: true },
})
for (const name of names) {
  const schema = JSON.parse(readFileSync(new URL(`../schema/${name}.schema.json`, import.meta.url), 'utf8'))
  delete schema.$id
  ajv.addSchema(schema, name)
}
const code = standaloneCode(ajv, { configMatches: 'config', templateMatches: 'template' })
if (code.includes('require(')) throw new Error('The compiled validators must not import anything')
const target = new URL('../src/schema/validators.generated.js', import.meta.url)
writeFileSync(target, `// Compiled from schema/*.schema.json by scripts/generate-validators.mjs; not edited by hand.\n${code}\n`)
