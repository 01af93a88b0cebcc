/**
 * Owns sessions as documentation shows them: lines that start with `$ ` are commands, lines that start with `> `
 * right behind one continue it, and what follows is the output, with `[exit 1]` as its last line where it failed.
 */

import { spawnSync } from 'node:child_process'

export interface Step {
  readonly command: string
  readonly output: string
}

/** @throws TypeError for a session that does not open with a command */
export function readSession(text: string): readonly Step[] {
  const steps: { command: string[]; output: string[] }[] = []
  for (const line of text.split('\n')) {
    const step = steps.at(-1)
    if (line.startsWith('$ ')) steps.push({ command: [line.slice(2)], output: [] })
    else if (step === undefined) throw new TypeError(`A session opens with a command, not with: ${line}`)
    else if (step.output.length === 0 && /^>(?: |$)/u.test(line)) step.command.push(line.slice(2))
    else step.output.push(line)
  }
  return steps.map(({ command, output }) => ({ command: command.join('\n'), output: output.join('\n').replace(/\n+$/u, '') }))
}

/** A blank line sets commands apart where one of them prints anything. */
export function writeSession(steps: readonly Step[]): string {
  const shown = steps.map(({ command, output }) => {
    const [first = '', ...more] = command.split('\n')
    const lines = [`$ ${first}`, ...more.map((line) => `> ${line}`.trimEnd())]
    return output === '' ? lines.join('\n') : `${[...lines, output].join('\n')}\n`
  })
  return shown.join('\n').trimEnd()
}

/** What a command prints on both streams, with its exit status as the last line where it is not 0. */
export function runCommand(command: string, cwd: string, env: NodeJS.ProcessEnv): string {
  const run = spawnSync('sh', ['-c', `exec 2>&1\n${command}`], { cwd, env, encoding: 'utf8', input: '' })
  if (run.error !== undefined) throw run.error
  const output = run.stdout.replace(/\n+$/u, '')
  return run.status === 0 ? output : `${output}${output === '' ? '' : '\n'}[exit ${run.status}]`
}

/** True where the output is as shown; `...` alone on a line stands for any number of lines. */
export function isAsShown(shown: string, output: string): boolean {
  const pattern = shown
    .split('\n')
    .map((line) => (line === '...' ? String.raw`(?:.*\n)*?` : `${line.replaceAll(/[$()*+./?[\\\]^{|}]/gu, String.raw`\$&`)}\n`))
    .join('')
  return new RegExp(`^${pattern}$`, 'u').test(`${output}\n`)
}
