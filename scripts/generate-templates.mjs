/** Writes the list of built-in templates from templates/*.md, so that only those in use are read at run time. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as yaml from 'js-yaml'

const folder = new URL('../templates/', import.meta.url)
const entries = readdirSync(folder)
  .filter((file) => file.endsWith('.md'))
  .toSorted()
  .map((file) => {
    const [, head] = readFileSync(new URL(file, folder), 'utf8').split(/^---$/mu)
    const { template, version, accepts, unversioned, id, tracked } = yaml.load(head, { schema: yaml.FAILSAFE_SCHEMA })
    return { file, name: template, version, accepts: accepts ?? [version], unversioned: unversioned === 'true', idFields: id?.fields ?? [], tracked: tracked === 'true' }
  })
writeFileSync(
  new URL('../src/template/builtin.generated.ts', import.meta.url),
  `/** Owns the list of built-in templates. Written by scripts/generate-templates.mjs from templates/. */

import type { TemplateListing } from './listing.js'

export const builtinTemplates: readonly TemplateListing[] = ${JSON.stringify(entries, undefined, 2)}
`,
)
