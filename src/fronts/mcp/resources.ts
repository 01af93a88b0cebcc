/** Owns the resources: documents, templates, the rules' pages and concepts, each under an address that says what it is. */

import { explain, listRules } from '../../engine/operations/explain.js'
import { list } from '../../engine/operations/list.js'
import { completeConceptIds, showConcepts } from '../../engine/operations/memory-search.js'
import { listTemplates, showTemplate } from '../../engine/operations/template.js'
import { showDocument } from '../../engine/operations/brief.js'
import type { Host } from '../../engine/host.js'
import { InquestError } from '../../errors.js'
import { documentNamed } from './inside.js'

export interface ListedResource {
  readonly uri: string
  readonly name: string
  readonly title: string
  readonly description: string
  /** From the root of the repository; left out for what is no file of it. */
  readonly path?: string
}

export interface ResourceText {
  readonly uri: string
  readonly text: string
}

/** The addresses that can be asked for, as RFC 6570 writes them. */
export const resourceTemplates = [
  { name: 'document', uriTemplate: 'inquest://document/{id}', title: 'A document', description: 'An investigation, work item or other document, by its id, or by its path with each `/` as %2F' },
  { name: 'template', uriTemplate: 'inquest://template/{name}', title: 'A template', description: 'A template as it is written: fields, phases with their gates, sections and scaffold; `name@version` for one that is not the newest' },
  { name: 'rule', uriTemplate: 'inquest://rule/{name}', title: 'A rule', description: 'What a rule finds, why, and how to mend it' },
  { name: 'concept', uriTemplate: 'inquest://concept/{id}', title: 'A concept', description: 'What was learned, as the concept store holds it, with where it comes from and the clusters it belongs to' },
] as const

/** Documents first, in order of path. Concepts are too many to list: a search finds them. */
export async function listResources(host: Host): Promise<readonly ListedResource[]> {
  return [...(await documents(host)), ...(await templates(host)), ...rulePages()]
}

async function documents(host: Host): Promise<readonly ListedResource[]> {
  const listed = await list(host)
  const bearers = new Map<string, number>()
  for (const { id } of listed) if (id !== null) bearers.set(id.toUpperCase(), (bearers.get(id.toUpperCase()) ?? 0) + 1)
  return listed.map(({ id, path, template, title, status, phase }) => {
    // An id that several documents have says nothing of which is meant.
    const name = id === null || bearers.get(id.toUpperCase()) !== 1 ? path : id
    const standing = [template, status, phase].filter((part) => part !== null).join(', ')
    return { uri: addressOf('document', name), name, title: title ?? path, description: `${path} (${standing})`, path }
  })
}

async function templates(host: Host): Promise<readonly ListedResource[]> {
  const seen = new Set<string>()
  const listed = await listTemplates(host)
  // The newest of a name is known by the name alone.
  const newestFirst = listed.toSorted((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true }))
  return newestFirst
    .map(({ name, version, title, summary, source }) => {
      const known = seen.has(name) ? `${name}@${version}` : name
      seen.add(name)
      return { uri: addressOf('template', known), name: known, title: `${title} ${version}`, description: summary, ...(!source.startsWith('builtin:') && { path: source }) }
    })
    .toSorted((a, b) => (a.uri < b.uri ? -1 : 1))
}

function rulePages(): readonly ListedResource[] {
  return listRules().map(({ rule, severity, summary }) => ({ uri: addressOf('rule', rule), name: rule, title: `${rule} (${severity})`, description: summary }))
}

/** The address under which a document is listed. */
export async function addressOfDocument(host: Host, path: string): Promise<string> {
  return (await documents(host)).find((one) => one.path === path)?.uri ?? addressOf('document', path)
}

function addressOf(kind: string, name: string): string {
  return `inquest://${kind}/${encodeURIComponent(name)}`
}

/** Null for an address that leads to nothing. */
export async function readResource(host: Host, uri: string): Promise<ResourceText | null> {
  const [, kind, encoded] = /^inquest:\/\/([a-z]+)\/([^/?#]+)$/u.exec(uri) ?? []
  const name = encoded === undefined ? undefined : decoded(encoded)
  if (name === undefined) return null
  try {
    if (kind === 'document') return { uri, text: (await showDocument(host, documentNamed(host, name))).text }
    if (kind === 'template') return { uri, text: (await showTemplate(host, name)).text }
    if (kind === 'rule') return { uri, text: explain(name).page }
    if (kind === 'concept' && /^\d+$/u.test(name)) return { uri, text: await conceptPage(host, name) }
    return null
  } catch (error) {
    // What is not there is not there; what cannot be read is told.
    if (error instanceof InquestError && (error.code === 'usage' || error.code === 'store-missing')) return null
    throw error
  }
}

async function conceptPage(host: Host, id: string): Promise<string> {
  const [concept] = await showConcepts(host, [id])
  if (concept === undefined) throw new InquestError('usage', `There is no concept ${id}`)
  const { type, state, created, content, provenance, clusters, members, superseded } = concept
  const origins = provenance.map((origin) => {
    const { document, path, section, phase, hypothesis, verdict, citation, commit, author, at } = origin
    const told = Object.entries({ document, path, section, phase, hypothesis, verdict, citation, commit, author }).flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]))
    return `- ${[...told, at].join(', ')}`
  })
  const named = (title: string, all: typeof clusters): readonly string[] => (all.length === 0 ? [] : ['', `## ${title}`, '', ...all.map((one) => `- ${addressOf('concept', String(one.id))}: ${one.content.replaceAll(/\s+/gu, ' ')}`)])
  const standing = [type, `stored ${created}`, ...(state === 'pending' ? ['not listed by its document yet'] : []), ...(superseded ? ['taken over by a later cluster'] : [])].join(', ')
  return `${[`# Concept ${id}`, '', standing, '', content, '', '## Learned', '', ...origins, ...named('In clusters', clusters), ...named('Sums up', members)].join('\n')}\n`
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** The protocol takes no more at once. */
const mostCompleted = 100

/** What the value may be completed to, for the one argument of a resource's address. */
export async function completeResource(host: Host, uri: string, argument: string, value: string): Promise<readonly string[]> {
  const kind = resourceTemplates.find((one) => one.uriTemplate === uri && one.uriTemplate.endsWith(`{${argument}}`))?.name
  if (kind === undefined) return []
  if (kind === 'concept') return completeConceptIds(host, value, mostCompleted)
  return startingWith(value, await namesOf(host, kind))
}

export async function namesOf(host: Host, kind: 'document' | 'template' | 'rule'): Promise<readonly string[]> {
  const listed = kind === 'document' ? await documents(host) : kind === 'template' ? await templates(host) : rulePages()
  return listed.map(({ name }) => name)
}

export function startingWith(value: string, names: readonly string[]): readonly string[] {
  const wanted = value.toLowerCase()
  return names.filter((name) => name.toLowerCase().startsWith(wanted))
}
