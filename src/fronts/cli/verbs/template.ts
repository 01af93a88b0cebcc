/** Owns the verb `template`. */

import { InquestError } from '../../../errors.js'
import { checkTemplates, listTemplates, showTemplate } from '../../../engine/operations/template.js'
import { textReport } from '../../../report/text.js'
import { alignColumns } from '../columns.js'
import { lineReader } from '../../../text/lines.js'
import type { OptionValues, Terminal, Verb } from '../verb.js'
import { jsonAnswer, jsonOption } from '../verb.js'

export const templateVerb: Verb = {
  name: 'template',
  summary: 'list, show and check templates',
  positional: [
    { form: '<action>', summary: '`list`, `show` or `check`', completes: ['list', 'show', 'check'] },
    { form: '[names...]', summary: 'for `show` a template, for `check` files; the repository\'s own where none is given', completes: 'templates' },
  ],
  options: [jsonOption],
  examples: [
    { command: 'inquest template list', summary: 'all templates, the repository\'s own first' },
    { command: 'inquest template show investigation', summary: 'its file, to read or to start from' },
    { command: 'inquest template check', summary: 'find mistakes in the repository\'s templates' },
  ],
  async run(terminal, [action, names], options) {
    const given = Array.isArray(names) ? (names as readonly string[]) : []
    switch (action) {
      case 'list':
        return listed(terminal, options)
      case 'show':
        return shown(terminal, given, options)
      case 'check':
        return checked(terminal, given, options)
      default:
        throw new InquestError('usage', `\`template\` knows no \`${String(action)}\``, { hint: 'inquest template list, show or check' })
    }
  },
}

async function listed({ host, out }: Terminal, options: OptionValues): Promise<number> {
  const templates = await listTemplates(host)
  if (options['json'] === true) out(jsonAnswer({ templates }))
  else {
    const rows = templates.map((one) => [one.name, one.version, one.phases.join(' → '), one.source, one.summary])
    out(alignColumns([['template', 'version', 'phases', 'source', 'summary'], ...rows]))
  }
  return 0
}

async function shown({ host, out }: Terminal, names: readonly string[], options: OptionValues): Promise<number> {
  const [name] = names
  if (name === undefined || names.length > 1) throw new InquestError('usage', '`template show` takes one template', { hint: 'inquest template show investigation' })
  const { template, text } = await showTemplate(host, name)
  out(options['json'] === true ? jsonAnswer({ name: template.name, version: template.version, source: template.source, text }) : text)
  return 0
}

async function checked({ host, out, color }: Terminal, paths: readonly string[], options: OptionValues): Promise<number> {
  const { findings, templates, readText } = await checkTemplates(host, paths)
  if (options['json'] === true) out(jsonAnswer({ findings, summary: { templates, errors: findings.length } }))
  else if (templates === 0) out('the repository has no templates of its own\n')
  else if (findings.length === 0) out(`no finding in ${templates} ${templates === 1 ? 'template' : 'templates'}\n`)
  else {
    const summary = { documents: templates, errors: findings.length, warnings: 0, infos: 0, skipped: [] }
    out(textReport({ findings, summary, lineAt: lineReader(readText) }, { color, show: 'info', statistics: false }).replace(/documents?\n$/u, templates === 1 ? 'template\n' : 'templates\n'))
  }
  return findings.length > 0 ? 1 : 0
}
