/** Paths that lead out of the repository, into git's folder, or to what has no end. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { agent, editor, everyFront, inquest } from './fronts.mjs'
import { honestDocument } from './sandbox.mjs'

/** A document that is a link. */
const linked = (name, target, before = () => undefined) => ({
  name: `a document that leads to ${name}`,
  build(sandbox) {
    before(sandbox)
    sandbox.link('docs/b.md', target(sandbox))
    sandbox.link('docs/INV-007.md', target(sandbox))
    sandbox.write('inquest.yaml', "documents: ['docs/**']\n")
    sandbox.commit('Add documents')
  },
  meet: async (sandbox) => [
    ...(await everyFront(sandbox)),
    ...[['check', 'docs/b.md'], ['fix', '--diff'], ['list'], ['status', 'docs/b.md'], ['advance', 'docs/b.md'], ['renumber', 'docs/b.md'], ['memory', 'check'], ['check', '--format', 'sarif']].map((args) => inquest(sandbox, args)),
    await editor(sandbox, { file: 'docs/b.md' }),
    await agent(sandbox, [['investigation_check', { paths: ['docs/b.md'] }], ['investigation_status', { id: 'docs/b.md' }]]),
  ],
  reached: (_sandbox, answers) => (answers[0].text.includes('file-unreadable') || answers[0].status === 1 ? [] : ['check says nothing of it']),
})

/** A place of a new document that is refused, by the command line and by an agent. */
const place = (file) => ({
  name: `a new document at ${file}`,
  build: () => undefined,
  meet: async (sandbox) => [
    inquest(sandbox, ['new', 'work_item', 'Any', '--path', file]),
    await agent(sandbox, [['investigation_new', { template: 'work_item', title: 'Any', path: file }]]),
  ],
  reached: (sandbox, answers) => [...(existsSync(path.resolve(sandbox.root, file)) ? ['it was written'] : []), ...(answers[0].status === 2 ? [] : [`it is not refused: ${answers[0].text}`])],
  honest: (sandbox) => (inquest(sandbox, ['new', 'work_item', 'Any', '--path', 'docs/new/b.md']).status === 0 ? [] : ['an honest place is refused']),
})

/** Something that inquest writes, through a link out of the repository. */
const written = (name, file, meet, more = () => undefined) => ({
  name: `${name} through a link`,
  build(sandbox) {
    sandbox.link(file, file.endsWith('/') ? sandbox.outside : path.join(sandbox.outside, 'victim.txt'))
    more(sandbox)
    sandbox.commit('Add')
  },
  meet: async (sandbox) => meet(sandbox),
})

const broken = honestDocument.replace('status: active', 'status: nowhere')

export const attacks = [
  linked('the environment of the process', () => '/proc/self/environ'),
  linked('a file outside', (sandbox) => path.join(sandbox.outside, 'secret.md')),
  linked('a file outside, by steps', () => '../../outside/secret.md'),
  linked('a device without an end', () => '/dev/zero'),
  linked('a pipe in the repository that is never written', (sandbox) => path.relative(sandbox.at('docs'), sandbox.at('pipe')), (sandbox) => sandbox.run('mkfifo', ['pipe'])),
  linked('a pipe outside', (sandbox) => path.join(sandbox.base, 'pipe'), (sandbox) => sandbox.run('mkfifo', [path.join(sandbox.base, 'pipe')])),
  linked("git's configuration", () => '../.git/config', (sandbox) => sandbox.git('config', 'http.extraHeader', 'c0ffee-the-secret-of-this-machine')),
  {
    name: 'a document too large',
    build(sandbox) {
      sandbox.write('docs/b.md', `${honestDocument.replace('WORK-001', 'WORK-002')}${'Rows are lost. '.repeat(2_000_000)}\n`)
      sandbox.write('inquest.yaml', "documents: ['docs/**']\n")
    },
    meet: (sandbox) => [inquest(sandbox, ['check']), inquest(sandbox, ['list'])],
    reached: (_sandbox, answers) => (answers[0].text.includes('is larger than 16 MiB') ? [] : ['check says nothing of it']),
  },
  ...['.git/refs/heads/x', '.git/index.lock', '.git/hooks/post-commit.md', '.GIT/x.md', '.github/workflows/x.yml', '.github/x.md', '.inquest/templates/x.md', 'node_modules/x/README.md', '../outside/x.md', 'docs/x.sh', '.bashrc'].map(place),
  {
    name: 'a new document in a folder that is a link out',
    build(sandbox) {
      sandbox.link('notes', sandbox.outside)
      sandbox.link('docs/work', sandbox.outside)
      sandbox.link('docs/git', '../.git')
      sandbox.commit('Add')
    },
    meet: async (sandbox) => [
      inquest(sandbox, ['new', 'work_item', 'Any', '--path', 'notes/x.md']),
      inquest(sandbox, ['new', 'work_item', 'Any', '--path', 'docs/git/x.md']),
      inquest(sandbox, ['new', 'work_item', 'Any']),
      await agent(sandbox, [['investigation_new', { template: 'work_item', title: 'Any', path: 'notes/x.md' }], ['investigation_new', { template: 'work_item', title: 'Any' }]]),
    ],
    reached: (sandbox, answers) => [...answers.slice(0, 3).filter(({ status }) => status === 0).map(({ label }) => `${label}: is not refused`), ...(existsSync(sandbox.at('.git/x.md')) ? ['it was written into .git'] : [])],
  },
  written('a report', 'out.sarif', (sandbox) => [inquest(sandbox, ['check', '--output', 'sarif:out.sarif']), inquest(sandbox, ['check', '--output', 'sarif:reports/x.sarif'])], (sandbox) => sandbox.link('reports', sandbox.outside)),
  written('a baseline', 'inquest-baseline.json', (sandbox) => [inquest(sandbox, ['check', '--update-baseline']), inquest(sandbox, ['check'])], (sandbox) => sandbox.write('docs/a.md', broken)),
  written('an export of concepts', '.inquest/memory.jsonl', (sandbox) => [inquest(sandbox, ['memory', 'ingest', 'Rows are lost']), inquest(sandbox, ['memory', 'export']), inquest(sandbox, ['memory', 'export', '--to', 'docs/x.jsonl'])]),
  written('what init adds', '.gitignore', (sandbox) => [inquest(sandbox, ['init', '--agents', 'claude', '--ci', 'github'])], (sandbox) => sandbox.link('.claude', sandbox.outside)),
  written('a cache', 'kept', (sandbox) => [inquest(sandbox, ['check', '--cache-dir', 'kept']), inquest(sandbox, ['check', '--cache-dir', 'folder/kept'])], (sandbox) => sandbox.link('folder', sandbox.outside)),
  written('pins', '.inquest/evidence', (sandbox) => [inquest(sandbox, ['verify', '--pin'])], (sandbox) => sandbox.write('docs/b.md', honestDocument.replace('WORK-001', 'WORK-002').replace('Deletes', 'See `docs/a.md:1`. Deletes'))),
  {
    name: 'a report that the user wants elsewhere',
    build: () => undefined,
    meet: (sandbox) => [inquest(sandbox, ['check', '--output', `sarif:${path.join(sandbox.base, 'elsewhere/out.sarif')}`])],
    reached: (sandbox) => (existsSync(path.join(sandbox.base, 'elsewhere/out.sarif')) ? [] : ['it is refused']),
  },
  ...Object.entries({ baseline: 'baseline: ../outside/victim.txt\n', 'a baseline in git': 'baseline: .git/config\n', 'an export': 'memory: { export: ../outside/victim.txt }\n', templates: 'templates: ../outside\n' }).map(([name, config]) => ({
    name: `a configuration that names a place outside: ${name}`,
    build(sandbox) {
      sandbox.write('docs/a.md', broken)
      sandbox.write('inquest.yaml', config)
    },
    meet: (sandbox) => [inquest(sandbox, ['check']), inquest(sandbox, ['check', '--update-baseline']), inquest(sandbox, ['memory', 'ingest', 'Rows are lost']), inquest(sandbox, ['memory', 'export'])],
    reached: (_sandbox, answers) => answers.filter(({ status }) => status !== 2).map(({ label, status }) => `${label}: ends with ${status}`),
  })),
  {
    name: 'a configuration that is a link, and one that is a device',
    build(sandbox) {
      for (const [folder, target] of Object.entries({ one: path.join(sandbox.outside, 'secret.md'), two: '/dev/zero', three: '/proc/self/environ' })) {
        sandbox.write(`${folder}/a.md`, honestDocument)
        sandbox.link(`${folder}/inquest.yaml`, target)
      }
    },
    meet: async (sandbox) => [...['one', 'two', 'three'].map((folder) => inquest(sandbox, ['check'], { cwd: sandbox.at(folder) })), await editor(sandbox, { cwd: sandbox.at('one'), file: 'a.md' })],
    reached: (_sandbox, answers) => answers.slice(0, 3).filter(({ status }) => status !== 3).map(({ label, status }) => `${label}: ends with ${status}`),
  },
  {
    name: 'templates that are links out, and a folder of them that links to itself',
    build(sandbox) {
      sandbox.link('.inquest/templates/a', '.')
      sandbox.link('.inquest/templates/b', '.')
      sandbox.link('.inquest/templates/c', sandbox.outside)
      sandbox.commit('Add')
    },
  },
  {
    name: 'citations of a file outside, of the environment and of git',
    build(sandbox) {
      for (const [name, target] of Object.entries({ 'src/out.md': '../../outside/secret.md', 'src/env': '/proc/self/environ', 'src/zero': '/dev/zero' })) sandbox.link(name, target)
      sandbox.git('config', 'http.extraHeader', 'c0ffee-the-secret-of-this-machine')
      sandbox.write('docs/b.md', honestDocument.replace('WORK-001', 'WORK-002').replace('Deletes', 'See `src/out.md:1-3`, `src/env:1`, `src/zero:1`, `.git/config:1-20`, @src/out.md, @../outside/secret.md.\n\n**Evidence:** `src/out.md:1-3`\n\n```\nx\n```\n\n**Evidence:** `.git/config:1-20`\n\n```\nx\n```\n\nDeletes'))
      sandbox.commit('Cite')
    },
  },
  {
    name: 'a link inside the repository, which is no attack',
    build(sandbox) {
      sandbox.link('docs/b.md', 'a.md')
      sandbox.link('more', 'docs')
      sandbox.commit('Add')
    },
    meet: (sandbox) => [inquest(sandbox, ['check']), inquest(sandbox, ['check', 'more/a.md']), inquest(sandbox, ['new', 'work_item', 'Any', '--path', 'more/c.md'])],
    reached: (sandbox, answers) => [...answers.filter(({ status }) => status !== 0).map(({ label, text }) => `${label}: ${text}`), ...(existsSync(sandbox.at('docs/c.md')) ? [] : ['it was not written'])],
  },
  {
    name: 'a link out that the user trusts by INQUEST_ROOTS, which is no attack',
    build(sandbox) {
      sandbox.write(path.join(sandbox.base, 'shared/b.md'), honestDocument.replace('WORK-001', 'WORK-002'))
      sandbox.link('docs/b.md', path.join(sandbox.base, 'shared/b.md'))
      sandbox.link('docs/shared', path.join(sandbox.base, 'shared'))
      sandbox.commit('Add')
      sandbox.env = { ...sandbox.env, INQUEST_ROOTS: path.join(sandbox.base, 'shared') }
    },
    meet: (sandbox) => [inquest(sandbox, ['list']), inquest(sandbox, ['new', 'work_item', 'Any', '--path', 'docs/shared/c.md'])],
    reached: (sandbox, answers) => [...(answers[0].text.includes('WORK-002') ? [] : ['it is not read']), ...(readdirSync(path.join(sandbox.base, 'shared')).includes('c.md') ? [] : [`it is not written: ${answers[1].text}`]), ...(readFileSync(path.join(sandbox.outside, 'victim.txt'), 'utf8') === 'untouched\n' ? [] : ['more is written'])],
  },
]
