/** Owns the sandbox of one attack: a repository, and beside it what no attack may read, write or run. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** No answer of inquest may contain it. */
const secret = 'c0ffee-the-secret-of-this-machine'

export const honestDocument = `---
template: work_item
id: WORK-001
title: Read the export's pages by key
status: active
owner: Export team
created: 2026-03-04
version: '1.0'
---
# WORK-001: Read the export's pages by key

## Context

Deletes shift the pages.
`

export class Sandbox {
  /** @param {string} cli the program that is attacked */
  constructor(cli) {
    this.cli = cli
    this.base = realpathSync(mkdtempSync(path.join(tmpdir(), 'inquest-hostile-')))
    this.root = path.join(this.base, 'repository')
    this.outside = path.join(this.base, 'outside')
    this.home = path.join(this.base, 'home')
    this.marker = path.join(this.base, 'ran')
    for (const folder of [this.root, this.outside, this.home]) mkdirSync(folder)
    writeFileSync(path.join(this.outside, 'secret.md'), `---\ntemplate: ${secret}\n---\n${secret}\n`)
    writeFileSync(path.join(this.outside, 'victim.txt'), 'untouched\n')
    writeFileSync(path.join(this.home, '.bashrc'), 'untouched\n')
    this.env = { PATH: process.env.PATH, HOME: this.home, NO_COLOR: '1', CANARY: secret, LANG: 'C.UTF-8' }
    this.git('init', '-q', '-b', 'main')
    this.git('config', 'user.name', 'A Stranger')
    this.git('config', 'user.email', 'stranger@example.invalid')
    this.write('docs/a.md', honestDocument)
    this.write('inquest.yaml', '')
    this.commit('Begin')
    this.settle()
  }

  /** From here on nothing beside the repository may change. */
  settle() {
    this.before = this.#surroundings()
  }

  at(file) {
    return path.join(this.root, file)
  }

  write(file, text, mode) {
    const full = path.resolve(this.root, file)
    mkdirSync(path.dirname(full), { recursive: true })
    writeFileSync(full, text)
    if (mode !== undefined) chmodSync(full, mode)
    return full
  }

  link(file, target) {
    const full = path.resolve(this.root, file)
    mkdirSync(path.dirname(full), { recursive: true })
    symlinkSync(target, full)
  }

  run(command, args, options = {}) {
    return spawnSync(command, args, { cwd: this.root, encoding: 'utf8', env: this.env, timeout: 60_000, ...options })
  }

  git(...args) {
    const done = this.run('git', args)
    if (done.status !== 0) throw new Error(`git ${args.join(' ')}: ${done.stderr}`)
    return done.stdout
  }

  /** Adds everything, ignored or not. */
  commit(message) {
    this.git('add', '--force', '--all')
    this.git('-c', 'commit.gpgSign=false', 'commit', '-q', '--no-verify', '-m', message)
  }

  /** A shell command that leaves a mark if it runs. */
  get canary() {
    return `touch ${this.marker}; cat >/dev/null; false`
  }

  /** A program that does. */
  program(name = 'program.sh') {
    return this.write(path.join(this.base, 'programs', name), `#!/bin/sh\ntouch ${this.marker}\nexit 1\n`, 0o755)
  }

  /** True where a program has run since this was asked last. */
  hasRun() {
    const ran = existsSync(this.marker)
    rmSync(this.marker, { force: true })
    return ran
  }

  #surroundings() {
    return JSON.stringify([...listed(this.outside), ...listed(this.home, ['.local'])])
  }

  /** What an attack reached; empty where it reached nothing. @param {readonly Answer[]} answers */
  faults(answers) {
    const faults = []
    if (this.hasRun()) faults.push('a program of the repository ran')
    if (this.#surroundings() !== this.before) faults.push('something was written outside of the repository')
    for (const { label, text, status, milliseconds } of answers) {
      if (text.includes(secret)) faults.push(`${label}: shows the secret`)
      if (/\n\s+at .*:\d+:\d+/u.test(text)) faults.push(`${label}: prints a stack`)
      if (/mistake in inquest/u.test(text)) faults.push(`${label}: is a mistake in inquest: ${text.slice(0, 300)}`)
      if (![0, 1, 2, 3].includes(status)) faults.push(`${label}: ends with ${status}`)
      if (milliseconds > 20_000) faults.push(`${label}: takes ${Math.round(milliseconds / 1000)} s`)
    }
    return faults
  }

  remove() {
    rmSync(this.base, { recursive: true, force: true })
  }
}

/** Each file below a folder with what is in it. */
function listed(folder, passed = []) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !passed.some((one) => name === one || name.startsWith(`${one}/`)))
    .toSorted()
    .map((name) => {
      const full = path.join(folder, name)
      const stats = lstatSync(full)
      return [full, stats.mode, stats.isSymbolicLink() ? readlinkSync(full) : stats.isFile() ? readFileSync(full, 'latin1') : '']
    })
}
