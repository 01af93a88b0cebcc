/** Owns the list of verbs. */

import type { VerbListing } from './verb.js'

export const verbs: readonly VerbListing[] = [
  { name: 'init', summary: 'set a repository up', load: async () => (await import('./verbs/init.js')).initVerb },
  { name: 'new', summary: 'start a document from a template', load: async () => (await import('./verbs/new.js')).newVerb },
  { name: 'check', summary: 'check documents', load: async () => (await import('./verbs/check.js')).checkVerb },
  { name: 'fix', summary: 'apply the fixes that findings offer', load: async () => (await import('./verbs/fix.js')).fixVerb },
  { name: 'status', summary: 'show where documents stand and what blocks them', load: async () => (await import('./verbs/status.js')).statusVerb },
  { name: 'list', summary: 'list documents', load: async () => (await import('./verbs/list.js')).listVerb },
  { name: 'tree', summary: 'show which documents came from which', load: async () => (await import('./verbs/tree.js')).treeVerb },
  { name: 'template', summary: 'list, show and check templates', load: async () => (await import('./verbs/template.js')).templateVerb },
  { name: 'explain', summary: 'explain a rule', load: async () => (await import('./verbs/explain.js')).explainVerb },
]
