/** State that came with the repository: intents, caches, claims, locks and stores that somebody else wrote. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { editor, everyFront, inquest } from './fronts.mjs'
import { honestDocument } from './sandbox.mjs'

const intent = (child, text = '#!/bin/sh\ntouch here\n') => `${JSON.stringify({ kind: 'spawn', parent: 'docs/a.md', child, text, id: 'WORK-002', title: 'More' })}\n`

/** An intent that was committed where the first version looked for it, and one that came with git's folder. */
function withIntent(name, child) {
  const places = { 'that was committed': '.inquest/pending/x.json', "that came in git's folder": '.git/inquest/pending/x.json' }
  return Object.entries(places).map(([place, file]) => ({
    name: `an intent ${place} ${name}`,
    build(sandbox) {
      sandbox.write(file, intent(child(sandbox)))
      if (file.startsWith('.inquest')) sandbox.commit('Add a plan')
      sandbox.hooks = readdirSync(sandbox.at('.git/hooks')).length
    },
    reached: (sandbox) => (existsSync(path.resolve(sandbox.root, child(sandbox))) ? [`${child(sandbox)} was written`] : []),
  }))
}

/** What an honest run keeps of a broken document, with the findings taken out. */
function forgedCache(sandbox) {
  sandbox.write('docs/a.md', honestDocument.replace('status: active', 'status: nowhere'))
  sandbox.write('.inquest/x', '')
  inquest(sandbox, ['check'])
  const folder = ['.git/inquest/cache', '.inquest/cache'].find((one) => existsSync(sandbox.at(`${one}/findings.jsonl`)))
  const bytes = Buffer.from(readFileSync(sandbox.at(`${folder}/findings.jsonl`), 'latin1'), 'latin1')
  const end = bytes.lastIndexOf(10) + 1
  const lines = bytes.toString('latin1', 0, end).replace(/\{"findings":\[.*\],"skips"/gu, '{"findings":[],"skips"').replace(/"counts":\[\d+,/gu, '"counts":[0,')
  rmSync(sandbox.at(folder), { recursive: true })
  return `${lines}${checksum(Buffer.from(lines, 'latin1'))}`
}

/** As `src/engine/kept.ts` sums up. */
function checksum(bytes) {
  const mixed = (sum, word) => Math.imul((sum << 5) ^ (sum >>> 27) ^ word, 0x9e3779b1)
  const copy = new Uint8Array(bytes)
  const words = new Int32Array(copy.buffer, 0, copy.length >> 2)
  let sum = 0
  for (const word of words) sum = mixed(sum, word)
  for (const byte of copy.slice(words.length * 4)) sum = mixed(sum, byte)
  return (mixed(sum, copy.length) >>> 0).toString(16)
}

const misses = (answers) => answers.filter(({ label, status, text }) => label.startsWith('inquest check') && (status !== 1 || !text.includes('phase-invalid'))).map(({ label }) => `${label}: hides the finding`)
const digest = (text) => createHash('sha256').update(text).digest('hex').slice(0, 16)

export const attacks = [
  ...withIntent('to write a hook of git', () => '.git/hooks/post-commit'),
  ...withIntent('to write into the home', () => '../home/.bash_profile'),
  ...withIntent('to write a workflow', () => '.github/workflows/x.yml'),
  ...withIntent('to write settings of an agent', () => '.claude/agents/x.md'),
  {
    name: 'an honest intent that a command left',
    build: () => undefined,
    meet: (sandbox) => [inquest(sandbox, ['new', 'investigation', 'Rows are lost', '--path', 'docs/b.md']), inquest(sandbox, ['spawn', 'work_item', 'More', '--from', 'INV-001'])],
    reached: (_sandbox, answers) => answers.filter(({ status }) => status !== 0).map(({ label, text }) => `${label}: ${text}`),
  },
  {
    name: 'a committed cache without findings',
    build(sandbox) {
      const cache = forgedCache(sandbox)
      sandbox.write('.inquest/cache/findings.jsonl', cache)
      sandbox.write('kept/findings.jsonl', cache)
      sandbox.commit('Speed up the checks')
    },
    meet: (sandbox) => [inquest(sandbox, ['check']), inquest(sandbox, ['check', '--cache-dir', 'kept']), inquest(sandbox, ['check', '--cache-dir', '.inquest/cache']), inquest(sandbox, ['check', '--changed-since', 'HEAD~1'])],
    reached: (_sandbox, answers) => misses(answers),
    // The same bytes where they belong are believed, or there would be nothing to forge.
    honest(sandbox) {
      sandbox.write('.inquest/x', '')
      const [first, again] = [inquest(sandbox, ['check', '--verbose']), inquest(sandbox, ['check', '--verbose'])]
      return first.text.includes('read anew') && !again.text.includes('read anew') ? [] : ['an honest cache is not used']
    },
  },
  {
    name: "a cache that lies where a file .git says that git's folder is",
    build(sandbox) {
      const cache = forgedCache(sandbox)
      for (const file of ['HEAD', 'config']) sandbox.write(`theirs/${file}`, readFileSync(sandbox.at(`.git/${file}`), 'utf8'))
      for (const folder of ['refs', 'objects']) sandbox.write(`theirs/${folder}/.keep`, '')
      sandbox.write('theirs/inquest/cache/findings.jsonl', cache)
      sandbox.write('theirs/inquest/pending/x.json', intent('docs/b.md', honestDocument.replace('WORK-001', 'WORK-002')))
      rmSync(sandbox.at('.git'), { recursive: true })
      sandbox.write('.git', 'gitdir: theirs\n')
    },
    meet: (sandbox) => [inquest(sandbox, ['check']), inquest(sandbox, ['doctor'])],
    reached: (sandbox, answers) => [...misses(answers), ...(existsSync(sandbox.at('docs/b.md')) ? ['the intent was done'] : [])],
  },
  {
    name: 'an edit that looks as if a command had displaced it',
    build(sandbox) {
      const evil = honestDocument.replace('Deletes', 'Evil')
      sandbox.write(`docs/.a.md.${digest('other')}-${digest(honestDocument)}.zz-zz.inquest-displaced`, evil)
      sandbox.write(`....${digest('other')}-${digest('x')}.zz-zz.inquest-displaced`, evil)
      sandbox.link(`docs/.b.md.${digest('other')}-${digest('x')}.zz-zz.inquest-displaced`, '/dev/zero')
      sandbox.commit('Add')
    },
    reached: (sandbox) => [...(readFileSync(sandbox.at('docs/a.md'), 'utf8').includes('Evil') ? ['it replaced the document'] : []), ...(readdirSync(sandbox.base).some((name) => name.endsWith('.kept')) ? ['it was moved out of the repository'] : [])],
  },
  {
    name: 'a lock that is a link out of the repository',
    build(sandbox) {
      for (const folder of ['.', 'docs', 'docs/work']) sandbox.link(`${folder}/.inquest-lock`, path.join(sandbox.outside, `made-by-${path.basename(folder)}`))
      sandbox.commit('Add')
    },
    meet: (sandbox) => [inquest(sandbox, ['new', 'investigation', 'Rows', '--path', 'docs/b.md']), inquest(sandbox, ['spawn', 'work_item', 'More', '--from', 'INV-001']), inquest(sandbox, ['fix']), inquest(sandbox, ['doctor'])],
  },
  {
    name: 'a concept store that was committed, and one that is a link',
    build(sandbox) {
      sandbox.write('theirs/inquest.yaml', '')
      inquest(sandbox, ['memory', 'ingest', 'Their lies'], { cwd: sandbox.at('theirs') })
      sandbox.run('cp', ['-r', 'theirs/.inquest', '.'])
      sandbox.run('mv', ['theirs', path.join(sandbox.base, 'theirs')])
      sandbox.write('linked/inquest.yaml', '')
      sandbox.link('linked/.inquest/memory.db', path.join(sandbox.base, 'theirs/.inquest/memory.db'))
      sandbox.commit('Remember')
    },
    meet: async (sandbox) => [
      ...(await everyFront(sandbox)),
      ...[sandbox.root, sandbox.at('linked')].flatMap((cwd) => [inquest(sandbox, ['memory', 'search', 'lies'], { cwd }), inquest(sandbox, ['memory', 'export'], { cwd }), inquest(sandbox, ['memory', 'ingest', 'More'], { cwd }), inquest(sandbox, ['new', 'investigation', 'Lies'], { cwd })]),
      await editor(sandbox, { cwd: sandbox.at('linked'), file: 'a.md' }),
    ],
    reached: (_sandbox, answers) => answers.filter(({ text }) => text.includes('Their lies')).map(({ label }) => `${label}: the store was opened`),
    honest(sandbox) {
      sandbox.write('.gitignore', '.inquest/*.db*\n')
      inquest(sandbox, ['memory', 'ingest', 'Our truths'])
      return inquest(sandbox, ['memory', 'search', 'truths']).text.includes('1  learning') ? [] : ['an honest store is not opened']
    },
  },
]
