/** Owns the verb `fix`. */

import type { FixedFile } from '../../../engine/operations/fix.js'
import { fix } from '../../../engine/operations/fix.js'
import type { Verb } from '../verb.js'
import { jsonAnswer, jsonOption } from '../verb.js'

export const fixVerb: Verb = {
  name: 'fix',
  summary: 'apply the fixes that findings offer',
  positional: [{ form: '[paths...]', summary: 'files and folders; every document of the repository where none is given' }],
  options: [
    { flags: '--diff', summary: 'show what would change and write nothing' },
    { flags: '--unsafe', summary: 'apply fixes as well that are only most likely right' },
    { flags: '--tick', summary: 'tick the boxes and give the answers that the document itself proves' },
    jsonOption,
  ],
  examples: [
    { command: 'inquest fix', summary: 'apply all safe fixes' },
    { command: 'inquest fix --diff', summary: 'show them first' },
    { command: 'inquest fix --unsafe docs/a.md', summary: 'the likely ones too; look at what it did' },
  ],
  async run({ host, out }, [paths], options) {
    const dryRun = options['diff'] === true
    const result = await fix(host, { paths: Array.isArray(paths) ? (paths as readonly string[]) : [], unsafe: options['unsafe'] === true, tick: options['tick'] === true, dryRun })
    const count = result.files.reduce((sum, file) => sum + file.fixed.length, 0)
    if (options['json'] === true) {
      const files = result.files.map(({ path, fixed }) => ({ path, fixed }))
      out(jsonAnswer({ files, fixed: count, left: result.left, documents: result.documents, written: !dryRun }))
      return 0
    }
    if (dryRun) out(await diffOf(result.files))
    const verb = dryRun ? 'would be fixed' : 'fixed'
    out(count === 0 ? 'nothing to fix\n' : `${count} ${count === 1 ? 'finding' : 'findings'} ${verb} in ${result.files.length} ${result.files.length === 1 ? 'file' : 'files'}\n`)
    if (result.left > 0) out(`${result.left} more with --unsafe\n`)
    return 0
  },
}

async function diffOf(files: readonly FixedFile[]): Promise<string> {
  const { createTwoFilesPatch } = await import('diff')
  return files.map(({ path, before, after }) => createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: 2 })).join('')
}
