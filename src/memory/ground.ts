/**
 * Owns the ground that a store may stand on: SQLite without its known corruption bug, and a local file system.
 * Looks at names and numbers only: a database that is opened by `fs` loses its locks when it is closed again.
 */

import { accessSync, constants, mkdirSync, realpathSync, statfsSync, statSync } from 'node:fs'
import * as path from 'node:path'
import { InquestError } from '../errors.js'

/** What is asked of the machine; tests answer for one that they do not have. */
export interface Ground {
  /** The number by which the system knows the kind of a folder's file system. */
  fileSystem(folder: string): number
  /** The version that the library tells of itself. */
  sqliteVersion(told: string): string
  readonly platform: NodeJS.Platform
}

export const thisMachine: Ground = {
  fileSystem: (folder) => statfsSync(folder).type,
  sqliteVersion: (told) => told,
  platform: process.platform,
}

/** Local file systems of Linux by their magic numbers: locks, shared memory and fsync keep their word there. */
const local: ReadonlyMap<number, string> = new Map([
  [0xef_53, 'ext4'],
  [0x58_46_53_42, 'xfs'],
  [0x91_23_68_3e, 'btrfs'],
  [0x2f_c1_2f_c1, 'zfs'],
  [0xf2_f5_20_10, 'f2fs'],
  [0xca_45_1a_4e, 'bcachefs'],
  [0x31_53_46_4a, 'jfs'],
  [0x52_65_49_73, 'reiserfs'],
  [0x34_34, 'nilfs2'],
  [0xf1_5f, 'ecryptfs'],
  [0x79_4c_76_30, 'overlayfs'],
  [0x01_02_19_94, 'tmpfs'],
  [0x85_84_58_f6, 'ramfs'],
  // Read-only ones, for readers.
  [0x73_71_73_68, 'squashfs'],
  [0xe0_f5_e1_e2, 'erofs'],
  [0x96_60, 'iso9660'],
])

/** Those that people meet, for the message. */
const refused: ReadonlyMap<number, string> = new Map([
  [0x69_69, 'NFS'],
  [0xff_53_4d_42, 'SMB'],
  [0xfe_53_4d_42, 'SMB'],
  [0x51_7b, 'SMB'],
  [0x01_02_19_97, '9p'],
  [0x65_73_55_46, 'FUSE'],
  [0x6a_65_6a_63, 'virtiofs'],
  [0x5e_ca_57_ed, 'Ceph'],
  [0x00_c3_64_00, 'Ceph'],
  [0x0b_d0_0b_d0, 'Lustre'],
  [0x47_50_46_53, 'GPFS'],
  [0x01_16_19_70, 'GFS2'],
  [0x74_73_69_6c, 'OCFS2'],
  [0x53_46_41_4f, 'AFS'],
  [0x4d_44, 'FAT'],
  [0x20_11_ba_b0, 'exFAT'],
  [0x73_66_74_6e, 'NTFS'],
  [0x78_6f_42_56, 'a shared folder of VirtualBox'],
])

/**
 * The name of a folder's file system.
 * @throws InquestError `store-ground` for one on which SQLite's locks or syncs are known not to hold
 */
export function checkFileSystem(folder: string, ground: Ground): string {
  if (ground.platform === 'win32') {
    // Drives that stand for a share are resolved to its name.
    const real = realpathSync.native(folder)
    if (/^\\\\(?![.?]\\)/u.test(real)) throw offGround(folder, 'a network share')
    return 'a local drive'
  }
  const number = ground.fileSystem(folder) >>> 0
  // macOS numbers its file systems by their order; apfs and hfs have had theirs for years.
  if (ground.platform === 'darwin') {
    if (number === 0x1a) return 'apfs'
    if (number === 0x11 || number === 0x17) return 'hfs'
    throw offGround(folder, `a file system that is not known to be local (${number})`)
  }
  if (ground.platform !== 'linux') return `number ${number}`
  const name = local.get(number)
  if (name === undefined) throw offGround(folder, refused.get(number) ?? `a file system that is not known to be safe (0x${number.toString(16)})`)
  return name
}

function offGround(folder: string, kind: string): InquestError {
  return new InquestError('store-ground', `${folder}: lies on ${kind}, where SQLite databases are known to break`, {
    hint: 'Name a file on a local disk in inquest.yaml: `memory: { file: ~/.local/share/inquest/memory.db }`',
  })
}

/** @throws InquestError `store-ground` for a version with the bug that resets the log while it is read */
export function checkSqlite(version: string): void {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  const at = major * 1_000_000 + minor * 1000 + patch
  const fixed = at >= 3_051_003 || (major === 3 && minor === 50 && patch >= 7) || (major === 3 && minor === 44 && patch >= 6)
  // 3.52.0 was withdrawn by its authors.
  if (fixed && at !== 3_052_000) return
  throw new InquestError('store-ground', `SQLite ${version} can lose what was written while the log is reset; 3.51.3 or later is needed`, {
    hint: 'npm install better-sqlite3@latest',
  })
}

/** Makes the folder of a store. @throws InquestError `store-io`, and `store-read-only` for one that takes no files */
export function makeFolderFor(file: string): void {
  const folder = path.dirname(file)
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new InquestError('store-io', `${folder}: cannot be made: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
  try {
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw new InquestError('store-read-only', `${folder}: cannot be written, so no concept can be stored there`, { hint: 'Reading still works; check the permissions of the folder', cause: error })
  }
}

/** Size in bytes; undefined where there is no such file. */
export function sizeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.size
}

/** One name for one file, whatever links lead to it. */
export function realFile(file: string): string {
  const folder = path.dirname(path.resolve(file))
  try {
    return realpathSync(file)
  } catch {
    try {
      return path.join(realpathSync(folder), path.basename(file))
    } catch {
      return path.resolve(file)
    }
  }
}
