/** Owns the list of verbs. */

import type { VerbListing } from './verb.js'

export const verbs: readonly VerbListing[] = [
  { name: 'init', summary: 'set a repository up', load: async () => (await import('./verbs/init.js')).initVerb },
  { name: 'new', summary: 'start a document from a template', load: async () => (await import('./verbs/new.js')).newVerb },
  { name: 'check', summary: 'check documents', load: async () => (await import('./verbs/check.js')).checkVerb },
  { name: 'fix', summary: 'apply the fixes that findings offer', load: async () => (await import('./verbs/fix.js')).fixVerb },
  { name: 'status', summary: 'show where documents stand and what blocks them', load: async () => (await import('./verbs/status.js')).statusVerb },
  { name: 'advance', summary: 'take a document into its next phase, if its gate holds', load: async () => (await import('./verbs/transition.js')).advanceVerb },
  { name: 'close', summary: 'close a document, if all that closing asks for holds', load: async () => (await import('./verbs/transition.js')).closeVerb },
  { name: 'reopen', summary: 'take a document back to work, with a reason', load: async () => (await import('./verbs/transition.js')).reopenVerb },
  { name: 'amend', summary: 'record a change to registered hypotheses, with a reason', load: async () => (await import('./verbs/transition.js')).amendVerb },
  { name: 'spawn', summary: 'start a document that follows from another, each naming the other', load: async () => (await import('./verbs/spawn.js')).spawnVerb },
  { name: 'verify', summary: 'hold every citation against the history of git', load: async () => (await import('./verbs/verify.js')).verifyVerb },
  { name: 'list', summary: 'list documents', load: async () => (await import('./verbs/list.js')).listVerb },
  { name: 'tree', summary: 'show which documents came from which', load: async () => (await import('./verbs/tree.js')).treeVerb },
  { name: 'stats', summary: 'count verdicts, and how well confidence foretold them', load: async () => (await import('./verbs/stats.js')).statsVerb },
  { name: 'memory', summary: 'store what was learned, find it, and look after it', load: async () => (await import('./verbs/memory.js')).memoryVerb },
  { name: 'template', summary: 'list, show and check templates', load: async () => (await import('./verbs/template.js')).templateVerb },
  { name: 'renumber', summary: 'give a document an id of its own and rewrite what refers to it', load: async () => (await import('./verbs/renumber.js')).renumberVerb },
  { name: 'doctor', summary: 'look over the whole repository', load: async () => (await import('./verbs/doctor.js')).doctorVerb },
  { name: 'hook', summary: 'answer a hook of a coding agent', load: async () => (await import('./verbs/hook.js')).hookVerb },
  { name: 'lsp', summary: 'serve editors by the Language Server Protocol, over standard input and output', load: async () => (await import('./verbs/lsp.js')).lspVerb },
  { name: 'mcp', summary: 'serve agents over the Model Context Protocol', load: async () => (await import('./verbs/mcp.js')).mcpVerb },
  { name: 'completions', summary: 'print what makes a shell complete verbs, options and ids', load: async () => (await import('./verbs/completions.js')).completionsVerb },
  { name: 'explain', summary: 'explain a rule', load: async () => (await import('./verbs/explain.js')).explainVerb },
]
