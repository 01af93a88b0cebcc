/** Owns the verb `completions`: the script a shell loads, and the candidates that it asks for at each turn. */

import type { Host } from '../../../engine/host.js'
import { listRules } from '../../../engine/operations/explain.js'
import { list } from '../../../engine/operations/list.js'
import { listTemplates } from '../../../engine/operations/template.js'
import { InquestError } from '../../../errors.js'
import { inert } from '../../../text/display.js'
import type { Completes, Verb } from '../verb.js'
import { verbs } from '../verbs.js'

/** Each script asks `inquest completions candidates` with the words so far; without an answer the shell offers files. */
const scripts: Readonly<Record<string, string>> = {
  bash: `_inquest() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(inquest completions candidates -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
  [ \${#COMPREPLY[@]} -eq 0 ] && compopt -o default
}
complete -F _inquest inquest
`,
  zsh: `#compdef inquest
_inquest() {
  local -a candidates
  candidates=("\${(@f)$(inquest completions candidates -- "\${words[@]:1:$((CURRENT - 1))}" 2>/dev/null)}")
  if [ -n "\${candidates[1]}" ]; then compadd -a candidates; else _files; fi
}
compdef _inquest inquest
`,
  fish: `function __inquest_candidates
  set -l words (commandline -opc) (commandline -ct)
  inquest completions candidates -- $words[2..-1] 2>/dev/null
end
complete -c inquest -a '(__inquest_candidates)'
`,
}

export const completionsVerb: Verb = {
  name: 'completions',
  summary: 'print what makes a shell complete verbs, options and ids',
  positional: [
    { form: '<shell>', summary: '`bash`, `zsh` or `fish`', completes: Object.keys(scripts) },
    { form: '[words...]', summary: 'for `candidates`, which the scripts call: the words so far', completes: [] },
  ],
  options: [],
  examples: [
    { command: 'inquest completions bash >> ~/.bashrc', summary: 'for bash' },
    { command: 'inquest completions zsh > "${fpath[1]}/_inquest"', summary: 'for zsh' },
    { command: 'inquest completions fish > ~/.config/fish/completions/inquest.fish', summary: 'for fish' },
  ],
  async run({ host, out }, [shell, words]) {
    if (shell === 'candidates') {
      const candidates = await candidatesFor(host, Array.isArray(words) ? (words as readonly string[]) : [])
      out(candidates.map((candidate) => `${inert(candidate)}\n`).join(''))
      return 0
    }
    const script = scripts[String(shell)]
    if (script === undefined) throw new InquestError('usage', `There are no completions for ${String(shell)}`, { hint: `There are some for ${Object.keys(scripts).join(', ')}` })
    out(script)
    return 0
  },
}

/** @param words those behind `inquest`, the last of them being written */
async function candidatesFor(host: Host, words: readonly string[]): Promise<readonly string[]> {
  const current = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const name = before.find((word) => !word.startsWith('-'))
  const listing = verbs.find((one) => one.name === name)
  if (name === undefined || listing === undefined) return startingWith(verbs.map((one) => one.name), current)
  const verb = await listing.load()
  const previous = before.at(-1) ?? ''
  const option = verb.options.find((one) => one.flags.split(' ')[0] === previous && one.flags.includes('<'))
  if (option !== undefined) return startingWith(await offered(host, option.completes ?? option.choices ?? []), current)
  if (current.startsWith('-')) return startingWith(verb.options.map((one) => one.flags.split(' ')[0] ?? ''), current)
  const given = before.slice(before.indexOf(name) + 1).filter((word) => !word.startsWith('-')).length
  const place = verb.positional[Math.min(given, verb.positional.length - 1)]
  return place?.completes === undefined ? [] : startingWith(await offered(host, place.completes), current)
}

function startingWith(candidates: readonly string[], current: string): readonly string[] {
  return [...new Set(candidates)].filter((candidate) => candidate.toLowerCase().startsWith(current.toLowerCase()))
}

async function offered(host: Host, what: Completes): Promise<readonly string[]> {
  switch (what) {
    case 'documents':
      return (await list(host)).flatMap((one) => one.id ?? [])
    case 'templates':
      return (await listTemplates(host)).map((one) => one.name)
    case 'rules':
      return listRules().map((one) => one.rule)
    case 'phases':
      return (await listTemplates(host)).flatMap((one) => one.phases)
    default:
      return what
  }
}
