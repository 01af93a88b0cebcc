/** Owns finding what hypotheses said when they were registered: in the versions that git keeps of the document. */

import { parseDocument } from '../document/document.js'
import { extractFacts, textOf } from '../facts/extract.js'
import { canonicalHypotheses, hypothesesDigest } from '../workflow/registration.js'
import type { Workspace } from './workspace.js'

/** Past versions looked through at most, newest first. */
const mostVersions = 200

/** The canonical hypotheses with the digest; undefined where no version has it, or there is no git. */
export function findRegistered(workspace: Workspace, file: string, digest: string): readonly string[] | undefined {
  const { host, root } = workspace
  const log = host.git(root, ['-c', 'core.quotepath=off', 'log', `--max-count=${mostVersions}`, '--follow', '--name-only', '--format=%x00%H', '--', file])
  for (const block of (log ?? '').split('\0').slice(1)) {
    const [commit = '', ...names] = block.split('\n').filter((line) => line !== '')
    const [name] = names
    const text = name === undefined ? undefined : host.git(root, ['show', `${commit}:${name}`])
    if (text === undefined) continue
    const document = parseDocument(text, workspace.engine)
    const template = workspace.templates.find(textOf(document.data['template']) ?? '', textOf(document.data['version']))
    if (template === undefined) continue
    const facts = extractFacts(document, template)
    if (hypothesesDigest(facts) === digest) return canonicalHypotheses(facts)
  }
  return undefined
}
