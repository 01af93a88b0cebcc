/** Owns the rule `template-unknown`. */

import type { DocumentRule } from './rule.js'

export const templateUnknown: DocumentRule = {
  name: 'template-unknown',
  over: 'document',
  severity: 'error',
  summary: 'No template has the name and version that the document gives.',
  why: 'A document is judged by the template it names. Where there is none, nothing is checked, and that must not look like a pass.',
  remedy: 'Name a template that `inquest template list` shows, or add one to the repository in `.inquest/templates`.',
  examples: [{ good: "version: '2.0'", bad: "version: '7.0'" }],
  *check(document, { declared, known, wanted, templates }) {
    if (known || document.frontmatter.kind !== 'read') return
    if (wanted.name === undefined) {
      if (declared) yield { message: 'The frontmatter names no template, expected a key `template`', at: { field: 'template' }, subject: 'template' }
      return
    }
    const versions = templates.filter((template) => template.name === wanted.name).map((template) => `\`${template.version}\``)
    if (versions.length > 0) {
      const lack = wanted.version === undefined ? 'The document names no version of' : `There is no version \`${wanted.version}\` of`
      const message = `${lack} the template \`${wanted.name}\`, expected one of ${versions.join(', ')}`
      yield { message, at: { field: wanted.version === undefined ? 'template' : 'version', part: 'value' }, subject: wanted.name }
      return
    }
    const names = [...new Set(templates.map((template) => `\`${template.name}\``))].join(', ')
    yield { message: `There is no template \`${wanted.name}\`, expected one of ${names}`, at: { field: 'template', part: 'value' }, subject: wanted.name }
  },
}
