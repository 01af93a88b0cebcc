/** Owns making a new document from a template. The only importer of handlebars, loaded when a document is made. */

import { InquestError } from '../errors.js'
import type { FieldSpec, Template } from './template.js'

/** What a scaffold may use. Values are plain text; those for the body are made safe for Markdown here. */
export interface ScaffoldContext {
  readonly id: string
  readonly title: string
  readonly slug: string
  /** `2026-03-02` */
  readonly date: string
  /** `2026-03-02T14:05:00` */
  readonly now: string
  readonly author: string
  /** The present in universal time, for the first entry of the history. */
  readonly at: string
  /** The commit at hand; empty where there is none. */
  readonly commit: string
  /** Id of the document this one was spawned by; empty where there is none. */
  readonly parent: string
  /** What was searched for before; empty where nothing was. */
  readonly query: string
  /** Concepts by their number, and earlier documents by their id. */
  readonly priorWork: readonly { readonly id: number | string; readonly content: string }[]
}

/** @throws InquestError `config-invalid` for a scaffold that does not render */
export async function renderDocument(template: Template, context: ScaffoldContext): Promise<string> {
  const render = await createRenderer(template.source)
  const head = await renderFrontmatter(template, context, (source) => render(source, { ...context }))
  const body = render(template.scaffold, { ...context, title: markdownSafe(context.title), query: markdownSafe(context.query), author: markdownSafe(context.author) })
  return `---\n${head}---\n${body.endsWith('\n') ? body : `${body}\n`}`
}

/** @throws InquestError `config-invalid` for a path that does not render */
export async function renderPath(source: string, context: ScaffoldContext, origin: string): Promise<string> {
  const render = await createRenderer(origin)
  return render(source, { ...context })
}

type Render = (source: string, context: Readonly<Record<string, unknown>>) => string

async function createRenderer(origin: string): Promise<Render> {
  const { default: handlebars } = await import('handlebars')
  const environment = handlebars.create()
  for (const name of Object.keys(environment.helpers)) if (!['each', 'if', 'unless'].includes(name)) environment.unregisterHelper(name)
  environment.registerHelper('cell', (text: unknown) => cellSafe(String(text ?? '')))
  return (source, context) => {
    try {
      // Strict: a slip in a name is an error, not an empty place. Helpers of the template's own cannot be.
      const compiled = environment.compile(source, { noEscape: true, strict: true, knownHelpersOnly: true, knownHelpers: { cell: true } })
      return compiled(context, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false })
    } catch (error) {
      const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
      throw new InquestError('config-invalid', `${origin}: the scaffold cannot be rendered: ${reason}`, {
        hint: 'A scaffold may use id, title, slug, date, now, at, author, commit, parent, query and priorWork',
        cause: error,
      })
    }
  }
}

async function renderFrontmatter(template: Template, context: ScaffoldContext, render: (source: string) => string): Promise<string> {
  const { YamlDocument } = await import('../document/yaml.js')
  const values: Record<string, unknown> = {}
  for (const field of template.fields.values()) {
    if (field.initial !== undefined) values[field.name] = valueOf(field, render(field.initial))
  }
  const { historyField, phases } = template.machine
  if (historyField !== undefined) {
    const { at, author, commit } = context
    values[historyField] = [{ event: 'start', phase: phases[0]?.name, at, ...(author !== '' && { by: author }), ...(commit !== '' && { commit }) }]
  }
  return new YamlDocument(values).toString({ lineWidth: 0, singleQuote: true })
}

function valueOf(field: FieldSpec, text: string): unknown {
  if (text === '' || text === 'null') return null
  if (text === '[]') return []
  if (text === '{}') return {}
  if (field.type === 'list' || field.type === 'concepts') return [text]
  if (field.type === 'integer' && /^\d+$/u.test(text)) return Number(text)
  if (field.type === 'boolean') return text === 'true'
  return text
}

/** On one line, and without what would open HTML or a comment. */
function markdownSafe(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll('<', String.raw`\<`).trim()
}

function cellSafe(text: string): string {
  return markdownSafe(text).replaceAll('|', String.raw`\|`)
}
