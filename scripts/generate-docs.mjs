/**
 * Writes what the documentation says after the source: docs/cli.md, docs/rules/, docs/templates/, the tools
 * in docs/mcp.md and the table of verbs in README.md. With --check it writes nothing and fails where a page is not what the source gives.
 */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What the pages are made from, bundled so that Node can import it. */
const entry = `
  export { main } from './src/fronts/cli/main.js'
  export { verbs } from './src/fronts/cli/verbs.js'
  export { rules } from './src/rules/registry.generated.js'
  export { ruleNames } from './src/rules/judge.js'
  export { rulePage } from './src/rules/page.js'
  export { compileTemplate } from './src/template/compile.js'
  export { normaliseText } from './src/template/template.js'
  export { parseDocument } from './src/document/document.js'
  export { tools } from './src/fronts/mcp/tools.js'
  export { loadRemark } from './src/document/markdown.js'
`

async function loadSource() {
  const folder = mkdtempSync(path.join(tmpdir(), 'inquest-docs-'))
  try {
    const outfile = path.join(folder, 'source.mjs')
    await build({
      stdin: { contents: entry, resolveDir: root },
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      external: ['satteri'],
      banner: { js: "import { createRequire as inquestRequire } from 'node:module'; const require = inquestRequire(import.meta.url);" },
      logLevel: 'warning',
    })
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const source = await loadSource()
const engine = await source.loadRemark()

function generatedFrom(what) {
  return `<!-- Written by scripts/generate-docs.mjs from ${what}; change it there. -->`
}

/** @param {readonly (readonly string[])[]} rows the first one is the header */
function table(rows) {
  const [header = [], ...body] = rows.map((row) => row.map((cell) => cell.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ')))
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(header), line(header.map(() => '---')), ...body.map((row) => line(row))].join('\n')
}

const code = (text) => `\`${text}\``
/** Bare angle brackets would be read as HTML. */
const prose = (text) => text.replaceAll(/<(?=\w)/gu, String.raw`\<`)

function page(parts) {
  return `${parts.filter((part) => part !== undefined && part !== '').join('\n\n')}\n`
}

// ---------------------------------------------------------------- the command line

async function helpText() {
  let text = ''
  const stdout = { write: (piece) => void (text += piece), isTTY: false }
  // The help is as wide as the terminal where there is one; the page is not.
  for (const stream of [process.stdout, process.stderr]) Object.defineProperty(stream, 'isTTY', { value: false, configurable: true })
  const status = await source.main(['--help'], '', source.verbs, { stdout, stderr: stdout, stdin: process.stdin })
  if (status !== 0) throw new Error(`inquest --help answers ${status}: ${text}`)
  return text.trimEnd()
}

function verbSection(verb) {
  const call = ['inquest', verb.name, '[options]', ...verb.positional.map(({ form }) => form)].join(' ')
  return page([
    `## inquest ${verb.name}`,
    `${verb.summary.charAt(0).toUpperCase()}${verb.summary.slice(1)}.`,
    `\`\`\`text\n${call}\n\`\`\``,
    table([['Example', 'What it does'], ...verb.examples.map(({ command, summary }) => [code(command), prose(summary)])]),
    verb.positional.length === 0 ? '' : table([['Argument', 'What it is'], ...verb.positional.map(({ form, summary }) => [code(form), prose(summary)])]),
    table([
      ['Option', 'What it does'],
      ...verb.options.map(({ flags, summary, choices }) => {
        const told = choices === undefined || choices.every((choice) => summary.includes(choice))
        return [code(flags), prose(told ? summary : `${summary}; one of ${choices.map(code).join(', ')}`)]
      }),
    ]),
  ]).trimEnd()
}

/** A page that people write, with what stands between its two marks made anew. */
function withGenerated(file, what, made) {
  const text = readFileSync(path.join(root, file), 'utf8')
  const marks = [`<!-- ${what}, written by scripts/generate-docs.mjs -->`, `<!-- end of ${what} -->`]
  const [start, end] = marks.map((mark) => text.indexOf(mark))
  if (start === -1 || end < start) throw new Error(`${file} lacks the marks ${marks.join(' and ')}`)
  return `${text.slice(0, start + marks[0].length)}\n\n${made}\n\n${text.slice(end)}`
}

function readmeWithVerbs(verbs) {
  const rows = verbs.map((verb) => [code(['inquest', verb.name, ...verb.positional.map(({ form }) => form)].join(' ')), prose(verb.summary)])
  return withGenerated('README.md', 'verbs', table([['Verb', 'What it does'], ...rows]))
}

// ---------------------------------------------------------------- the tools of the MCP server

function mcpPage() {
  return withGenerated('docs/mcp.md', 'tools', source.tools.map(toolSection).join('\n\n'))
}

const changesInWords = {
  nothing: 'Only reads.',
  once: 'Writes; the same call again changes nothing more.',
  anew: 'Writes; each call adds something.',
  over: 'Writes; what stands in a document may give way.',
}

function toolSection({ name, description, input, output, changes }) {
  const target = { target: 'draft-2020-12' }
  const { properties = {}, required = [] } = input['~standard'].jsonSchema.input(target)
  const rows = Object.entries(properties).map(([key, schema]) => [code(key), typeInWords(schema), required.includes(key) ? 'yes' : '', prose(schema.description ?? '')])
  // The last shape is that of a failure, which all tools have.
  const shapes = output['~standard'].jsonSchema.output(target).anyOf.slice(0, -1)
  const answers = shapes.map((shape) => Object.keys(shape.properties).filter((key) => key !== 'version').map(code).join(', '))
  return page([
    `### ${name}`,
    `${prose(description)} ${changesInWords[changes]}`,
    rows.length === 0 ? 'Takes nothing.' : table([['Takes', 'As', 'Required', 'What it is'], ...rows]),
    `Answers ${answers.join('; or ')}.`,
  ]).trimEnd()
}

function typeInWords({ type, items, enum: values, default: initial }) {
  const form = values === undefined ? (type === 'array' ? `list of ${items.type}` : type) : values.map(code).join(', ')
  const standard = initial === undefined || (Array.isArray(initial) && initial.length === 0) ? '' : ` (${code(String(initial))} where left out)`
  return `${form}${standard}`
}

async function cliPage(verbs) {
  return page([
    '# Command line',
    generatedFrom('src/fronts/cli'),
    'Findings and answers go to standard output, messages and progress to standard error. Colours are used on a terminal only, and not where `NO_COLOR` is set, `TERM` is `dumb` or `--no-color` is given. The shape of every answer as JSON, and what each exit status means, stands in [Answers as JSON](json.md).',
    `\`\`\`console\n$ inquest --help\n${await helpText()}\n\`\`\``,
    ...verbs.map(verbSection),
  ])
}

// ---------------------------------------------------------------- rules

const groups = [
  {
    title: 'Omissions',
    text: 'Something that has to be there and is not. An omission is due on leaving the phase on whose gate the template names the rule, and silent where no gate does; see [what is due when](../writing.md#what-is-due-when).',
    holds: (rule) => rule.over === 'facts' && rule.kind === 'omission',
  },
  {
    title: 'Defects',
    text: 'Something that stands there and is wrong, in whatever phase the document is.',
    holds: (rule) => rule.over === 'facts' && rule.kind === 'defect',
  },
  {
    title: 'The file',
    text: 'Found before a template is known.',
    holds: (rule) => rule.over === 'document',
  },
  {
    title: 'What the other rules found',
    text: 'Findings that depend on the findings of other rules.',
    holds: (rule) => rule.over === 'outcome',
  },
  {
    title: 'The export of the concept store',
    text: 'Found in the file that git keeps of the [concept store](../memory.md#moving-it), at its line.',
    holds: (rule) => rule.over === 'export',
  },
]

function rulesIndex() {
  const shown = groups.map(({ title, text, holds }) => {
    const rows = source.rules.filter(holds).map((rule) => [`[${rule.name}](${rule.name}.md)`, rule.severity, rule.fixable ?? '', prose(rule.summary)])
    return `## ${title}\n\n${text}\n\n${table([['Rule', 'Severity', 'Fix', 'Finds'], ...rows])}`
  })
  const listed = groups.reduce((sum, { holds }) => sum + source.rules.filter(holds).length, 0)
  if (listed !== source.rules.length) throw new Error('A rule is in no group of the index, or in two')
  return page([
    '# Rules',
    generatedFrom('src/rules'),
    `${source.rules.length} rules. The severity is what a finding weighs by default; \`rules\` and \`overrides\` in [\`inquest.yaml\`](../configuration.md) change it. \`safe\` fixes are made by \`inquest fix\`, \`unsafe\` ones by \`inquest fix --unsafe\`. \`inquest explain <rule>\` prints the page of a rule.`,
    ...shown,
  ])
}

function rulePageWithGates(rule, templates) {
  const text = source.rulePage(rule)
  const heading = `# ${rule.name}\n`
  if (!text.startsWith(heading)) throw new Error(`The page of ${rule.name} does not open with its name`)
  const gates = templates.flatMap(({ file, template }) => {
    const phases = template.machine.phases.filter((phase) => phase.gate.has(rule.name))
    return phases.map((phase) => `[${template.name} ${template.version}](../templates/${file}#gates) on leaving \`${phase.name}\``)
  })
  const due = rule.over === 'facts' && rule.kind === 'omission' && gates.length > 0 ? `## Gates that name it\n\n${gates.map((gate) => `- ${gate}`).join('\n')}` : ''
  return page([`${heading}\n${generatedFrom(`src/rules/${rule.name}.ts`)}`, text.slice(heading.length).trim(), due, '[All rules](index.md)'])
}

// ---------------------------------------------------------------- templates

function readTemplates() {
  const folder = path.join(root, 'templates')
  return readdirSync(folder)
    .filter((file) => file.endsWith('.md') && file.toLowerCase() !== 'readme.md')
    .toSorted()
    .map((file) => {
      const document = source.parseDocument(readFileSync(path.join(folder, file), 'utf8'), engine)
      const compiled = source.compileTemplate(document, `builtin:${file}`, source.ruleNames)
      if (compiled.kind === 'faulty') throw new Error(`templates/${file}: ${compiled.mistakes.map(({ message }) => message).join('; ')}`)
      return { file, template: compiled.template, claims: writtenClaims(document.data) }
    })
}

const linkedRules = (names) => [...names].map((name) => `[${name}](../rules/${name}.md)`).join(', ')

function templatePage({ file, template, claims }) {
  const { machine } = template
  const statuses = (standing) => [...machine.statuses].filter(([, one]) => one === standing).map(([status]) => code(status))
  const closedIn = [...machine.closedIn].map(code).join(' or ')
  return page([
    `# ${template.name} ${template.version}`,
    generatedFrom(`templates/${file}`),
    template.summary,
    page([
      `- Judges documents with \`template: ${template.name}\` and a version that is ${template.accepts.map(code).join(' or ')} or begins with it and a dot${template.unversioned ? ', or without a version' : ''}.`,
      template.id === undefined ? '' : `- Ids look like \`${template.id.prefix}-${'1'.padStart(template.id.digits, '0')}\` and stand in ${template.id.fields.map(code).join(' or ')}.`,
      template.file === undefined ? '' : `- New documents are written to \`${template.file}\`.`,
      template.parentFields.length === 0 ? '' : `- The document it came from stands in ${template.parentFields.map(code).join(' or ')}.`,
      template.memoryField === undefined ? '' : `- Ids of stored learnings stand in \`${template.memoryField}\`.`,
      template.tracked ? '- Inquiries spawn such documents: where a repository holds one, spawned ids are looked up.' : '',
    ]).trimEnd().replaceAll('\n\n', '\n'),
    '## Gates',
    'A rule on a gate is due on leaving the phase, and the gates before it stay due. A gate looks at what is written in its own phase or before it. What keeps one shut stands in [Lifecycle](../lifecycle.md#gates).',
    table([
      ['Phase', 'What it is for', 'Due on leaving it'],
      ...machine.phases.map((phase) => [code(phase.name), phase.summary ?? '', linkedRules(phase.gate)]),
    ]),
    [
      machine.phaseField === undefined ? 'Documents carry no phase of their own.' : `The phase stands in \`${machine.phaseField}\`, the status in \`${machine.statusField}\`.`,
      `Open: ${statuses('open').join(', ')}. Closed, so that every gate is due: ${statuses('closed').join(', ')}${machine.phaseField === undefined ? '' : ` (in the phase ${closedIn})`}.`,
      statuses('archived').length === 0 ? '' : `Archived, so that only what makes the text unreadable is reported: ${statuses('archived').join(', ')}.`,
    ].filter((line) => line !== '').join(' '),
    historyText(machine),
    attestationText(template),
    '## Fields',
    table([
      ['Field', 'Type', 'Required', 'New documents get', 'What it is'],
      ...[...template.fields.values()].map((field) => [
        code(field.name),
        field.type === 'any' ? '' : field.type,
        field.required ? 'yes' : '',
        field.initial === undefined ? '' : code(field.initial),
        [field.summary ?? '', field.values.length === 0 ? '' : `One of ${field.values.map(code).join(', ')}.`].filter((part) => part !== '').join(' '),
      ]),
    ]),
    template.closedFields ? 'Any other field is reported as [field-unknown](../rules/field-unknown.md).' : 'Other fields are the author\'s.',
    '## Sections',
    'Sections beside these are the author\'s own.',
    ...template.sections.flatMap((section) => sectionParts(section, { template, claims }, 3, false)),
    '[All templates](index.md)',
  ])
}

function historyText({ historyField, phases }) {
  if (historyField === undefined) return 'Transitions are not recorded.'
  const registering = phases.find((phase) => phase.registers)
  const registered = registering === undefined ? '' : ` Entering ${code(registering.name)} [registers the hypotheses](../lifecycle.md#registered-hypotheses).`
  return `Transitions are recorded in ${code(historyField)} ([the history](../lifecycle.md#the-history)).${registered}`
}

function attestationText({ attestations, machine }) {
  if (attestations.length === 0) return ''
  const rows = attestations.map(({ kind, agents, phase, summary }) => [code(kind), agents.map(code).join(', '), phase === undefined ? '' : code(machine.phases[phase].name), summary ?? ''])
  return `[Attestations](../templates.md#attestations):\n\n${table([['Kind', 'Given by', 'In the phase', 'What it says'], ...rows])}`
}

function sectionParts(section, { template, claims }, level, below) {
  const phase = template.machine.phases[section.phase]
  const facts = [
    section.required ? 'Required' : 'Optional',
    below || phase === undefined || template.machine.phases.length === 1 ? '' : `written in \`${phase.name}\``,
    section.skippable ? '' : 'cannot be skipped',
    section.learnings ? 'stored on closing' : '',
  ].filter((fact) => fact !== '')
  const aliases = section.names.slice(1)
  return [
    `${'#'.repeat(Math.min(level, 6))} ${section.heading}`,
    [`${facts.join(', ')}.`, section.summary ?? '', aliases.length === 0 ? '' : `Also read under: ${aliases.join(', ')}.`].filter((line) => line !== '').join(' '),
    ...section.parts.map((part) => partText(part, claims)),
    ...section.sections.flatMap((child) => sectionParts(child, { template, claims }, level + 1, true)),
  ]
}

const yielded = {
  hypotheses: 'a hypothesis',
  evidence: 'a piece of evidence',
  verdicts: 'a verdict',
  verification: 'something to verify',
  questions: 'a Yes/No question',
  spawned: 'work that follows',
  'prior-work': 'something known before',
  findings: 'a finding of the author',
  log: 'a note of how the work went; transitions add one',
}

function partText(part, claims) {
  switch (part.kind) {
    case 'fields':
      return `Labels: ${part.labels.map((one) => `**${one.label}:**${one.required ? ' (required)' : ''}${one.values.length === 0 ? '' : ` (${one.values.join(', ')})`}`).join(', ')}.`
    case 'table': {
      if (part.yields !== undefined && yielded[part.yields] === undefined) throw new Error(`No words for rows that are ${part.yields}`)
      const lead = part.yields === undefined ? 'A table with these columns:' : `A table, each row ${yielded[part.yields]}:`
      const rows = part.columns.map((column) => [
        column.heading,
        column.type,
        column.required ? 'yes' : '',
        [column.names.slice(1).join(', '), column.values.length === 0 ? '' : `values: ${column.values.join(', ')}`].filter((one) => one !== '').join('; '),
      ])
      return `${lead}\n\n${table([['Column', 'Holds', 'Required', 'Also read as'], ...rows])}${bindings(part.bindings, claims)}`
    }
    case 'checklist':
      return `${part.closes ? 'A checklist that closes the document: every box has to be ticked.' : 'A checklist whose boxes may stay open.'}${bindings(part.bindings, claims)}`
    case 'items':
      if (part.yields === 'hypotheses') return 'A list, each item a hypothesis.'
      if (part.yields === 'spawned') return `A list, each item work that follows${part.due === 'now' ? '; an id that opens an item has to exist' : ' later; an id need not exist yet'}.`
      return 'A list.'
    case 'sources':
      return 'A list of sources.'
    case 'prose':
      return part.yields === 'rationale' ? 'Prose that gives the reason for spawning nothing.' : 'Prose.'
    default:
      throw new Error(`No words for the section kind ${part.kind}`)
  }
}

/** Claims as the template writes them, by the words that they are compared by. */
function writtenClaims(value, found = new Map()) {
  if (typeof value !== 'object' || value === null) return found
  if (typeof value.claim === 'string') found.set(source.normaliseText(value.claim), value.claim)
  for (const below of Object.values(value)) writtenClaims(below, found)
  return found
}

function bindings(bound, claims) {
  if (bound.length === 0) return ''
  const rows = bound.map(({ words, rules, about }) => [claims.get(words.join(' ')) ?? words.join(' '), `${linkedRules(rules)}${about === undefined ? '' : ` under "${about}"`}`])
  return `\n\nAn entry with all of these words is [proven](../lifecycle.md#what-is-ticked) once none of these rules finds anything. Ticked, or answered Yes, it is held against them:\n\n${table([['Words', 'Rules'], ...rows])}`
}

function templatesIndex(templates) {
  return page([
    '# Built-in templates',
    generatedFrom('templates'),
    'How a template is read, and how to write one of your own, stands in [Templates](../templates.md).',
    table([
      ['Template', 'Version', 'Phases', 'What it is for'],
      ...templates.map(({ file, template }) => [
        `[${template.name}](${file})`,
        template.version,
        template.machine.phases.map((phase) => phase.name).join(' → '),
        prose(template.summary),
      ]),
    ]),
  ])
}

// ---------------------------------------------------------------- all pages

const templates = readTemplates()
const verbs = await Promise.all(source.verbs.map((listing) => listing.load()))
const pages = new Map([
  ['README.md', readmeWithVerbs(verbs)],
  ['docs/cli.md', await cliPage(verbs)],
  ['docs/mcp.md', mcpPage()],
  ['docs/rules/index.md', rulesIndex()],
  ...source.rules.map((rule) => [`docs/rules/${rule.name}.md`, rulePageWithGates(rule, templates)]),
  ['docs/templates/index.md', templatesIndex(templates)],
  ...templates.map((one) => [`docs/templates/${one.file}`, templatePage(one)]),
])

function pagesOnDisk() {
  return ['docs/rules', 'docs/templates'].flatMap((folder) => {
    try {
      return readdirSync(path.join(root, folder)).filter((file) => file.endsWith('.md')).map((file) => `${folder}/${file}`)
    } catch {
      return []
    }
  })
}

function textOnDisk(file) {
  try {
    return readFileSync(path.join(root, file), 'utf8')
  } catch {
    return undefined
  }
}

const stale = [...pages].filter(([file, text]) => textOnDisk(file) !== text).map(([file]) => file)
const gone = pagesOnDisk().filter((file) => !pages.has(file))
if (process.argv.includes('--check')) {
  for (const file of [...stale, ...gone]) console.error(`${file}: is not what the source gives; run \`node scripts/generate-docs.mjs\``)
  process.exitCode = stale.length + gone.length > 0 ? 1 : 0
} else {
  for (const file of stale) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), pages.get(file))
  }
  for (const file of gone) rmSync(path.join(root, file))
}
