/** Programs that git runs because a repository says so, and repositories that are not the one that one works in. */
import { mkdirSync, realpathSync, rmSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { agent, editor, everyFront, inquest } from './fronts.mjs'
import { honestDocument } from './sandbox.mjs'

/** A folder that git takes for a repository, with a program in its configuration. */
function nestedRepository(sandbox, folder, worktree = sandbox.at(folder)) {
  for (const below of ['objects/info', 'objects/pack', 'refs/heads']) sandbox.write(`${folder}/${below}/.keep`, '')
  sandbox.write(`${folder}/HEAD`, 'ref: refs/heads/main\n')
  sandbox.write(`${folder}/config`, `[core]\n\trepositoryformatversion = 0\n\tbare = false\n${worktree === '' ? '' : `\tworktree = ${worktree}\n`}\tfsmonitor = "${sandbox.canary}"\n`)
  sandbox.write(`${folder}/docs/a.md`, honestDocument)
  sandbox.write(`${folder}/a.md`, honestDocument)
  sandbox.write(`${folder}/inquest.yaml`, '')
}

const armedBy = (...args) => (sandbox) => {
  sandbox.run('git', args)
  return sandbox.hasRun()
}

/** An attack by a setting of `.git/config`. */
const setting = (name, build, armed, more = {}) => ({ name: `${name} in .git/config`, build, armed, ...more })

/** An older git knows nothing of `safe.bareRepository`; here one that is never told of it. */
function olderGit(sandbox) {
  const real = sandbox.run('sh', ['-c', 'command -v git']).stdout.trim()
  const file = sandbox.write(
    path.join(sandbox.base, 'older/git'),
    `#!/bin/bash\nargs=()\nwhile [ $# -gt 0 ]; do\n  if [ "$1" = -c ] && [[ "$2" == safe.bareRepository=* ]]; then shift 2; else args+=("$1"); shift; fi\ndone\nexec ${realpathSync(real)} "\${args[@]}"\n`,
    0o755,
  )
  sandbox.env = { ...sandbox.env, PATH: `${path.dirname(file)}:${sandbox.env.PATH}` }
}

async function meetNested(sandbox) {
  const cwd = sandbox.at('docs/vendor')
  return [
    ...(await everyFront(sandbox)),
    inquest(sandbox, ['check', 'docs/vendor']),
    inquest(sandbox, ['check', 'docs/vendor/a.md']),
    inquest(sandbox, ['-C', 'docs/vendor', 'check']),
    ...(await everyFront(sandbox, { cwd, file: 'a.md' })),
    await editor(sandbox, { file: 'docs/vendor/a.md' }),
    await agent(sandbox, [['investigation_check', { paths: ['docs/vendor/a.md'] }]]),
  ]
}

/** Of the same length, so that git has to read it to know. */
function changeDocument(sandbox, file = 'docs/a.md') {
  sandbox.write(file, honestDocument.replace('Deletes shift', 'Inserts shift'))
  utimesSync(sandbox.at(file), 1_770_000_000, 1_770_000_000)
}

export const attacks = [
  {
    name: 'a folder with the layout of a repository runs its fsmonitor',
    build(sandbox) {
      nestedRepository(sandbox, 'docs/vendor')
      sandbox.commit('Add documentation')
    },
    armed: armedBy('-C', 'docs/vendor', 'ls-files', '--others'),
    meet: meetNested,
  },
  {
    name: 'the same with a git that knows no safe.bareRepository',
    build(sandbox) {
      nestedRepository(sandbox, 'docs/vendor')
      sandbox.commit('Add documentation')
      olderGit(sandbox)
    },
    armed: armedBy('-c', 'safe.bareRepository=explicit', '-C', 'docs/vendor', 'ls-files', '--others'),
    meet: meetNested,
  },
  {
    name: 'such a folder as the root that somebody unpacked, without git around it',
    build(sandbox) {
      rmSync(sandbox.at('.git'), { recursive: true })
      nestedRepository(sandbox, '.')
    },
    armed: armedBy('ls-files', '--others'),
  },
  {
    name: 'a file .git that leads to a folder of the repository',
    build(sandbox) {
      nestedRepository(sandbox, 'docs/vendor')
      sandbox.commit('Add documentation')
      rmSync(sandbox.at('.git'), { recursive: true })
      sandbox.write('.git', 'gitdir: docs/vendor\n')
    },
    armed: armedBy('ls-files', '--others'),
  },
  {
    name: 'a file .git that leads out of the repository',
    build(sandbox) {
      nestedRepository(sandbox, path.join(sandbox.outside, 'theirs'), '')
      rmSync(sandbox.at('.git'), { recursive: true })
      sandbox.write('.git', 'gitdir: ../outside/theirs\n')
    },
    armed: armedBy('ls-files', '--others'),
  },
  setting('core.fsmonitor', (sandbox) => void sandbox.git('config', 'core.fsmonitor', sandbox.canary), armedBy('ls-files', '--others')),
  setting(
    'a filter that .gitattributes asks for',
    (sandbox) => {
      sandbox.write('.gitattributes', '*.md filter=tidy diff=tidy\n')
      sandbox.commit('Tidy')
      for (const name of ['clean', 'smudge', 'process']) sandbox.git('config', `filter.tidy.${name}`, sandbox.canary)
      changeDocument(sandbox)
    },
    armedBy('status', '--porcelain'),
  ),
  setting(
    'a filter whose name holds a sign of equality',
    (sandbox) => {
      sandbox.write('.gitattributes', '*.md filter=a=b\n')
      sandbox.commit('Tidy')
      sandbox.write('.git/config', `${sandbox.run('cat', ['.git/config']).stdout}[filter "a=b"]\n\tclean = "${sandbox.canary}"\n`)
      changeDocument(sandbox)
    },
    armedBy('status', '--porcelain'),
  ),
  setting(
    'diff.external',
    (sandbox) => {
      sandbox.git('config', 'diff.external', sandbox.program())
      changeDocument(sandbox)
    },
    armedBy('diff'),
  ),
  setting(
    'a diff driver that .gitattributes asks for',
    (sandbox) => {
      sandbox.write('.gitattributes', '*.md diff=shown\n')
      sandbox.commit('Show')
      sandbox.git('config', 'diff.shown.command', sandbox.program())
      changeDocument(sandbox)
    },
    armedBy('diff'),
  ),
  setting(
    'a text conversion that .gitattributes asks for',
    (sandbox) => {
      sandbox.write('.gitattributes', '*.md diff=shown\n')
      sandbox.commit('Show')
      sandbox.git('config', 'diff.shown.textconv', sandbox.program())
      changeDocument(sandbox)
    },
    armedBy('diff'),
  ),
  setting(
    'hooks, those of core.hooksPath too',
    (sandbox) => {
      for (const hook of ['post-index-change', 'reference-transaction', 'post-checkout']) {
        sandbox.write(`.git/hooks/${hook}`, `#!/bin/sh\ntouch ${sandbox.marker}\n`, 0o755)
        sandbox.write(`.hooks/${hook}`, `#!/bin/sh\ntouch ${sandbox.marker}\n`, 0o755)
      }
      sandbox.git('config', 'core.hooksPath', '.hooks')
      changeDocument(sandbox)
      // Written at another second with the same text, so that git looks at it and writes its index anew.
      sandbox.write('docs/a.md', honestDocument)
    },
    (sandbox) => {
      sandbox.run('git', ['update-index', '--refresh'])
      const ran = sandbox.hasRun()
      sandbox.run('touch', ['-d', '2026-01-01', 'docs/a.md'])
      return ran
    },
  ),
  setting(
    'aliases by the names of the commands',
    (sandbox) => {
      for (const name of ['ls-files', 'status', 'log', 'diff', 'grep', 'inquest']) sandbox.git('config', `alias.${name}`, `!touch ${sandbox.marker}`)
    },
    armedBy('inquest'),
  ),
  setting('a file that it includes', (sandbox) => {
    sandbox.write('.settings', `[core]\n\tfsmonitor = "${sandbox.canary}"\n[filter "tidy"]\n\tclean = "${sandbox.canary}"\n`)
    sandbox.write('.gitattributes', '*.md filter=tidy\n')
    sandbox.git('add', '--all')
    sandbox.git('commit', '-q', '-m', 'Settings')
    sandbox.git('config', 'include.path', '../.settings')
    changeDocument(sandbox)
  }, armedBy('status', '--porcelain')),
  setting(
    'an ssh command, with objects to be fetched',
    (sandbox) => lackObjects(sandbox, 'ssh://stranger.invalid/repository', () => sandbox.git('config', 'core.sshCommand', sandbox.program())),
    armedBy('cat-file', '-p', 'HEAD:docs/a.md'),
  ),
  setting(
    'a remote that is a command, with objects to be fetched',
    (sandbox) => lackObjects(sandbox, `ext::sh -c touch%20${sandbox.marker}`.replace('%20', '% '), () => sandbox.git('config', 'protocol.ext.allow', 'always')),
    armedBy('cat-file', '-p', 'HEAD:docs/a.md'),
  ),
  setting(
    'an upload-pack of its own, with objects to be fetched',
    (sandbox) => lackObjects(sandbox, sandbox.root, () => sandbox.git('config', 'remote.origin.uploadpack', sandbox.program())),
    armedBy('cat-file', '-p', 'HEAD:docs/a.md'),
  ),
  setting(
    'a program that verifies signatures',
    (sandbox) => {
      sandbox.git('config', 'log.showSignature', 'true')
      sandbox.git('config', 'gpg.program', sandbox.program())
      const tree = sandbox.git('rev-parse', 'HEAD^{tree}').trim()
      const parent = sandbox.git('rev-parse', 'HEAD').trim()
      const person = 'A Stranger <stranger@example.invalid> 1772600000 +0000'
      const commit = `tree ${tree}\nparent ${parent}\nauthor ${person}\ncommitter ${person}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n aaaa\n -----END PGP SIGNATURE-----\n\nSigned\n`
      const id = sandbox.run('git', ['hash-object', '-t', 'commit', '-w', '--stdin'], { input: commit }).stdout.trim()
      sandbox.git('update-ref', 'HEAD', id)
    },
    armedBy('log', '-1'),
  ),
  setting(
    'a pager, an askpass and a credential helper',
    (sandbox) => {
      sandbox.git('config', 'core.pager', `touch ${sandbox.marker}; cat`)
      sandbox.git('config', 'pager.log', `touch ${sandbox.marker}; cat`)
      sandbox.git('config', 'core.askPass', sandbox.program())
      sandbox.git('config', 'credential.helper', `!touch ${sandbox.marker}; false`)
    },
    (sandbox) => {
      sandbox.run('git', ['credential', 'fill'], { input: 'protocol=https\nhost=stranger.invalid\n\n' })
      return sandbox.hasRun()
    },
  ),
  setting('a working tree elsewhere', (sandbox) => void sandbox.git('config', 'core.worktree', sandbox.outside), (sandbox) => sandbox.run('git', ['ls-files', '--others']).stdout.includes('secret.md'), {
    reached: (_sandbox, answers) => answers.filter(({ text }) => text.includes('victim.txt')).map(({ label }) => `${label}: looks elsewhere`),
  }),
  {
    name: 'a submodule with an fsmonitor, and citations into it',
    build(sandbox) {
      sandbox.write('docs/b.md', `${honestDocument.replace('WORK-001', 'WORK-002')}\nSee \`vendor/code.py:1\`.\n`)
      const inner = sandbox.at('vendor')
      mkdirSync(inner)
      sandbox.run('git', ['init', '-q', '-b', 'main'], { cwd: inner })
      sandbox.write('vendor/code.py', 'pass\n')
      sandbox.run('git', ['add', '.'], { cwd: inner })
      sandbox.run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.invalid', 'commit', '-q', '-m', 'Code'], { cwd: inner })
      sandbox.commit('Add a submodule')
      sandbox.run('git', ['config', 'core.fsmonitor', sandbox.canary], { cwd: inner })
      sandbox.write('vendor/code.py', 'pass  # changed\n')
    },
    armed: armedBy('status', '--porcelain'),
  },
  {
    name: 'a program called git in the repository, and a PATH that looks there',
    build(sandbox) {
      sandbox.write('git', `#!/bin/sh\ntouch ${sandbox.marker}\n`, 0o755)
      sandbox.write('docs/git', `#!/bin/sh\ntouch ${sandbox.marker}\n`, 0o755)
      sandbox.commit('Add tools')
      sandbox.env = { ...sandbox.env, PATH: `.:${sandbox.env.PATH}` }
    },
    armed: armedBy('--version'),
  },
]

/** A clone that promises objects which it lacks. */
function lackObjects(sandbox, url, configure) {
  sandbox.write('docs/b.md', honestDocument.replace('WORK-001', 'WORK-002'))
  sandbox.commit('Add a document')
  const id = sandbox.git('rev-parse', 'HEAD:docs/a.md').trim()
  rmSync(sandbox.at(`.git/objects/${id.slice(0, 2)}/${id.slice(2)}`))
  sandbox.git('config', 'remote.origin.url', url)
  sandbox.git('config', 'remote.origin.promisor', 'true')
  sandbox.git('config', 'remote.origin.partialclonefilter', 'blob:none')
  sandbox.git('config', 'extensions.partialClone', 'origin')
  sandbox.git('config', 'core.repositoryFormatVersion', '1')
  configure()
  changeDocument(sandbox)
}
