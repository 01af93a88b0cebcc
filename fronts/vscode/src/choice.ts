/** Owns which inquest serves a workspace: the one that a setting names, the workspace's own, or the one in the extension. */

import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as path from 'node:path'

export interface Choice {
  readonly origin: 'setting' | 'workspace' | 'extension'
  /** Absolute. */
  readonly file: string
  /** A script is run by Node, a program by itself. */
  readonly kind: 'script' | 'program'
  /** Undefined where it is not known before it runs. */
  readonly version: string | undefined
}

export interface Given {
  /** What the setting `inquest.path` says; '' where it says nothing. */
  readonly setting: string
  /** Absolute. */
  readonly folders: readonly string[]
  /** The folder of the server that the extension carries. */
  readonly bundled: string
}

/** @throws Error for a setting that names nothing: another inquest than the one that was asked for would be a surprise */
export function chooseInquest({ setting, folders, bundled }: Given): Choice {
  if (setting !== '') return named(setting, folders)
  for (const folder of folders) {
    const own = installedIn(folder)
    if (own !== undefined) return { origin: 'workspace', ...own }
  }
  return { origin: 'extension', file: path.join(bundled, 'cli.js'), kind: 'script', version: versionIn(bundled) }
}

function named(setting: string, folders: readonly string[]): Choice {
  const [first = process.cwd()] = folders
  const file = path.resolve(first, setting.replaceAll('${workspaceFolder}', first))
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) throw new Error(`The setting inquest.path names ${file}, which is not there`)
  if (!found.isDirectory()) return { origin: 'setting', file, kind: /\.[cm]?js$/u.test(file) ? 'script' : 'program', version: undefined }
  const inside = programOf(file) ?? installedIn(file)
  if (inside === undefined) throw new Error(`The setting inquest.path names the folder ${file}, in which there is no inquest`)
  return { origin: 'setting', ...inside }
}

type Installed = Omit<Choice, 'origin'>

/** As Node finds packages: in the folder's node_modules, and in those of the folders around it. */
function installedIn(folder: string): Installed | undefined {
  try {
    return programOf(path.dirname(createRequire(path.join(folder, 'any.js')).resolve('inquest/package.json')))
  } catch {
    return undefined
  }
}

/** The program of an installed package; undefined where the folder holds no inquest that was built. */
function programOf(folder: string): Installed | undefined {
  const manifest = manifestIn(folder)
  const file = path.join(folder, manifest?.bin?.inquest ?? '')
  if (manifest?.name !== 'inquest' || manifest.bin?.inquest === undefined || !existsSync(file)) return undefined
  return { file, kind: 'script', version: manifest.version }
}

function versionIn(folder: string): string | undefined {
  return manifestIn(folder)?.version
}

interface Manifest {
  readonly name?: string
  readonly version?: string
  readonly bin?: { readonly inquest?: string }
}

function manifestIn(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest
  } catch {
    return undefined
  }
}

/** As the output channel tells it. */
export function describeChoice({ origin, file, version }: Choice): string {
  const which = { setting: 'the one that inquest.path names', workspace: "the workspace's own", extension: 'the one in the extension' }[origin]
  return `inquest${version === undefined ? '' : ` ${version}`}, ${which}: ${file}`
}
