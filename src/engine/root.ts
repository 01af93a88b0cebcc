/** Owns which folder a command means by the one it is started in. */

import * as path from 'node:path'
import type { Host } from './host.js'

export const configName = 'inquest.yaml'

export interface Found {
  /** The repository's root: the folder of the configuration, else of git, else the one at hand. */
  readonly root: string
  /** Undefined where there is no configuration file. */
  readonly file: string | undefined
}

/** Looks for the configuration from `folder` upwards, no further than the repository of git. */
export function findConfig(folder: string, host: Pick<Host, 'exists'>): Found {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const file = path.join(at, configName)
    if (host.exists(file)) return { root: at, file }
    if (host.exists(path.join(at, '.git'))) return { root: at, file: undefined }
    if (path.dirname(at) === at) return { root: path.resolve(folder), file: undefined }
  }
}
