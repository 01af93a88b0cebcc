/** Owns examining one text as a document: which template, which facts, which findings, and where they stand. */

import type { Document } from '../document/document.js'
import { parseDocument } from '../document/document.js'
import { openFrontmatter } from '../document/frontmatter-edit.js'
import type { FieldPositions } from '../document/positions.js'
import { locateFields } from '../document/positions.js'
import { extractFacts, textOf } from '../facts/extract.js'
import type { Facts } from '../facts/facts.js'
import type { Finding, Place, PlacedFinding } from '../finding/finding.js'
import { isFieldPlace } from '../finding/finding.js'
import { judge, judgeDocument } from '../rules/judge.js'
import type { SeverityOf } from '../rules/rule.js'
import type { World } from '../rules/world.js'
import type { Template } from '../template/template.js'
import type { Edit } from '../text/edit.js'
import type { Range, Span } from '../text/span.js'
import type { Workspace } from './workspace.js'

/** A text read as far as it can be: without a template there are no facts. */
export interface Examined {
  readonly path: string
  readonly document: Document
  readonly template: Template | undefined
  readonly facts: Facts | undefined
  /** Why it is no document, where it is none. */
  readonly skipped: string | undefined
}

/**
 * Reads a text by the template it names.
 * @param named true where the caller asked for this very file, so that being no document needs a word
 */
export function examine(workspace: Workspace, path: string, text: string, named: boolean): Examined {
  const document = parseDocument(text, workspace.engine)
  const name = textOf(document.data['template'])
  const template = name === undefined ? undefined : workspace.templates.find(name, textOf(document.data['version']))
  if (template !== undefined) {
    return { path, document, template, facts: extractFacts(document, template), skipped: undefined }
  }
  return { path, document, template: undefined, facts: undefined, skipped: reasonToSkip(workspace, path, document, name, named) }
}

/** A file is passed over only where neither the configuration nor the file itself says that it is a document. */
function reasonToSkip(workspace: Workspace, path: string, document: Document, name: string | undefined, named: boolean): string | undefined {
  if (workspace.declares(path)) return undefined
  if (document.frontmatter.kind === 'invalid') return named || looksLikeDocument(workspace, document) ? undefined : 'its frontmatter cannot be read'
  if (document.frontmatter.kind === 'none') return 'it has no frontmatter'
  if (name === undefined) return 'its frontmatter names no template'
  const known = workspace.templates.listings.some((listing) => listing.name === name)
  return known || named ? undefined : `there is no template \`${name}\``
}

/** The template that broken frontmatter names, as far as that can be read. */
export function templateMeant(workspace: Workspace, document: Document): Template | undefined {
  const name = wordAfter('template', document)
  return name === undefined ? undefined : workspace.templates.find(name, wordAfter('version', document))
}

function wordAfter(key: string, { text }: Document): string | undefined {
  return new RegExp(`^["']?${key}["']?[ \\t]*:[ \\t]*["']?([\\w.-]+)`, 'mu').exec(text.slice(0, 4096))?.[1]
}

/** Broken frontmatter that names a known template is a broken document, not another kind of file. */
function looksLikeDocument(workspace: Workspace, document: Document): boolean {
  const name = wordAfter('template', document)
  return name !== undefined && workspace.templates.listings.some((listing) => listing.name === name)
}

/**
 * All findings of an examined text, not placed yet.
 * @param world what is known of the repository; asked only by rules
 */
export function findingsOf(workspace: Workspace, examined: Examined, world: World = workspace.worldOf(examined.path)): readonly Finding[] {
  if (examined.skipped !== undefined) return []
  const { document, path, facts, template } = examined
  const severityOf = severitiesFor(workspace, path, template)
  const subject = {
    declared: workspace.declares(path),
    wanted: { name: textOf(document.data['template']), version: textOf(document.data['version']) },
    known: template !== undefined,
    templates: workspace.templates.listings,
  }
  const own = judgeDocument(document, subject, severityOf)
  return facts === undefined ? own : [...own, ...judge(facts, world, severityOf)]
}

/** Later overrides win over earlier ones, and all of them over the rules of the whole repository. */
export function severitiesFor({ config, overrides }: Workspace, path: string, template: Template | undefined): SeverityOf {
  if (overrides.length === 0) return (rule) => config.rules[rule.name] ?? rule.severity
  const applying = overrides.filter(({ templates, covers }) => {
    const byTemplate = templates === undefined || (template !== undefined && templates.some((one) => namesTemplate(one, template)))
    return byTemplate && covers(path)
  })
  const maps = [config.rules, ...applying.map((override) => override.rules)].toReversed()
  return (rule) => maps.find((map) => rule.name in map)?.[rule.name] ?? rule.severity
}

/** `investigation`, or one version of it: `investigation@1`. */
function namesTemplate(written: string, template: Template): boolean {
  const [name, version] = written.split('@')
  return name === template.name && (version === undefined || template.version === version || template.version.startsWith(`${version}.`))
}

/** Gives findings their lines and columns. Loads the YAML parser only where a place in the frontmatter is asked for. */
export async function placeFindings(findings: readonly Finding[], document: Document, path: string): Promise<readonly PlacedFinding[]> {
  const symbolic = findings.some((finding) => isFieldPlace(finding.at) || finding.related?.some((related) => isFieldPlace(related.at)))
  const positions = symbolic ? await locateFields(document) : undefined
  const placed: PlacedFinding[] = []
  for (const finding of findings) {
    const edits = finding.fix?.append === undefined ? (finding.fix?.edits ?? []) : await editsOf(finding, document)
    placed.push(placeFinding(finding, edits, document, path, positions))
  }
  return placed
}

/** The edits of a fix, those of the frontmatter among them. */
export async function editsOf({ fix }: Finding, document: Document): Promise<readonly Edit[]> {
  if (fix?.append === undefined) return fix?.edits ?? []
  const editor = await openFrontmatter(document)
  return [...fix.edits, ...(editor?.appendAll(fix.append.field, fix.append.values) ?? []), ...(editor?.additions() ?? [])]
}

function placeFinding(finding: Finding, edits: readonly Edit[], document: Document, path: string, positions: FieldPositions | undefined): PlacedFinding {
  const { at, fix, related, ...rest } = finding
  return {
    rule: rest.rule,
    severity: rest.severity,
    message: rest.message,
    path,
    range: rangeOf(at, document, positions),
    ...(rest.section !== undefined && { section: rest.section }),
    ...(rest.phase !== undefined && { phase: rest.phase }),
    ...(rest.subject !== undefined && { subject: rest.subject }),
    ...(fix !== undefined && edits.length > 0 && {
      fix: { applicability: fix.applicability, edits: edits.map((edit) => ({ range: document.lines.rangeOf(edit.span), text: edit.text })) },
    }),
    ...(related !== undefined && {
      related: related.map((one) => ({
        message: one.message,
        path: one.path ?? path,
        range: one.path === undefined ? rangeOf(one.at, document, positions) : firstPoint,
      })),
    }),
  }
}

const firstPoint: Range = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }

function rangeOf(place: Place, document: Document, positions: FieldPositions | undefined): Range {
  return document.lines.rangeOf(resolvePlace(place, positions))
}

function resolvePlace(place: Place, positions: FieldPositions | undefined): Span {
  if (!isFieldPlace(place)) return place
  const field = positions?.fields.get(place.field)
  if (field === undefined) return positions?.closing ?? { start: 0, end: 0 }
  if (place.part === 'key') return field.key
  if (place.path !== undefined) return positions?.find([place.field, ...place.path]) ?? field.key
  const hasValue = field.value.end > field.value.start
  if (place.part === 'value') return hasValue ? field.value : field.key
  return { start: field.key.start, end: Math.max(field.key.end, field.value.end) }
}
