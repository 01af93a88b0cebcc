/** Compiles the JSON Schemas under schema/ to plain functions, so that a check carries no schema library. */
import { readFileSync, writeFileSync } from 'node:fs'
import Ajv from 'ajv'
import standaloneCode from 'ajv/dist/standalone/index.js'

for (const name of ['config', 'template']) {
  const ajv = new Ajv({
    allErrors: true,
    strictRequired: false,
    strictTypes: false,
    // Lengths in UTF-16 units need no helper from the library at run time.
    unicode: false,
    code: { source: true, esm: true, lines: true },
  })
  const schema = JSON.parse(readFileSync(new URL(`../schema/${name}.schema.json`, import.meta.url), 'utf8'))
  delete schema.$id
  ajv.addSchema(schema, name)
  const code = standaloneCode(ajv, { [`${name}Matches`]: name })
  if (code.includes('require(')) throw new Error('The compiled validators must not import anything')
  // A file each, because few runs need both and most need neither.
  const target = new URL(`../src/schema/${name}.generated.js`, import.meta.url)
  writeFileSync(target, `// Compiled from schema/${name}.schema.json by scripts/generate-validators.mjs; not edited by hand.\n${code}\n`)
}
