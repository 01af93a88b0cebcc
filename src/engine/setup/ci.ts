/** Owns what CI systems and pre-commit are given, each in the form that it reads. They run the package that the repository installs. */

import type { Piece } from './pieces.js'

export type CiName = 'github' | 'gitlab' | 'pre-commit'

export function ciPieces(names: readonly CiName[]): readonly Piece[] {
  return names.flatMap((name) => pieces[name])
}

const githubWorkflow = `name: investigations
on:
  pull_request:
  push:
    branches: [main, master]
permissions:
  contents: read
  security-events: write
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npm ci
      # The action of the package that was installed, so that its version is that of the command line.
      - uses: ./node_modules/inquest
        with:
          # On a pull request, annotations are kept to documents that it changed.
          changed-since: \${{ github.base_ref && format('origin/{0}', github.base_ref) || '' }}
          sarif-file: inquest.sarif
      # Pull requests from forks may not upload.
      - uses: github/codeql-action/upload-sarif@v3
        if: \${{ !cancelled() && hashFiles('inquest.sarif') != '' && (github.event_name == 'push' || github.event.pull_request.head.repo.full_name == github.repository) }}
        continue-on-error: true
        with:
          sarif_file: inquest.sarif
          category: inquest
`

const gitlabJob = `investigations:
  image: node:22
  script:
    - npm ci
    - npx --no-install inquest check --output gitlab:gl-code-quality-report.json --output junit:inquest.xml
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      junit: inquest.xml
`

const gitlabFile = '.gitlab/inquest.gitlab-ci.yml'
const gitlabInclude = `include:\n  - local: ${gitlabFile}\n`

const preCommitRepository = `  - repo: local
    hooks:
      - id: inquest
        name: investigations
        language: system
        entry: npx --no-install inquest check --documents-only
        types: [markdown]
      - id: inquest-repository
        name: investigations, what they refer to
        language: system
        entry: npx --no-install inquest check
        pass_filenames: false
        files: (\\.(md|markdown|mdown)|(^|/)(inquest\\.yaml|memory\\.jsonl))$
`

const pieces: Readonly<Record<CiName, readonly Piece[]>> = {
  github: [{ kind: 'file', path: '.github/workflows/inquest.yml', text: githubWorkflow }],
  gitlab: [
    { kind: 'file', path: gitlabFile, text: gitlabJob },
    // A key may stand in it once only.
    { kind: 'end', path: '.gitlab-ci.yml', text: gitlabInclude, holds: /\binquest\b/u, fits: /^(?![\s\S]*^include\s*:)/mu },
  ],
  'pre-commit': [
    {
      kind: 'end',
      path: '.pre-commit-config.yaml',
      text: preCommitRepository,
      whole: `repos:\n${preCommitRepository}`,
      holds: /\binquest\b/u,
      // The list of repositories has to be what the file ends with, in this form.
      fits: /^repos:[ \t]*\n(?:[ \t]*#.*\n|\n)*  - repo:(?:.*\n)(?:(?:[ \t].*|[ \t]*#.*)?\n)*$/mu,
    },
  ],
}
