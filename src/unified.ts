/** Owns the plugin for unified: remark users get the findings as messages of their file. */

import type { Root } from 'mdast'
import type { Plugin } from 'unified'
import type { VFile } from 'vfile'
import { createNodeHost } from './engine/node-host.js'
import { check } from './engine/operations/check.js'
import { InquestError } from './errors.js'
import type { PlacedFinding } from './finding/finding.js'

export interface InquestPluginOptions {
  /** The folder whose repository is meant; that of the file by default. */
  readonly cwd?: string
}

/**
 * Adds a message to the file for each finding: `source` is `inquest`, `ruleId` the rule, `fatal` true for
 * errors, false for warnings and null for infos. The tree stays as it is.
 */
const remarkInquest: Plugin<[InquestPluginOptions?], Root> = (options = {}) => {
  return async (_tree, file) => {
    const host = createNodeHost(options.cwd ?? file.cwd)
    try {
      const { findings } = await check(host, { paths: [], text: { path: file.path ?? 'stdin.md', content: String(file) } })
      for (const finding of findings) addMessage(file, finding)
    } catch (error) {
      if (!(error instanceof InquestError)) throw error
      file.fail(error.message, { source: 'inquest', ruleId: error.code })
    }
  }
}

function addMessage(file: VFile, finding: PlacedFinding): void {
  const message = file.message(finding.message, { place: finding.range, source: 'inquest', ruleId: finding.rule })
  message.fatal = finding.severity === 'error' ? true : finding.severity === 'warning' ? false : null
  if (finding.url !== undefined) message.url = finding.url
}

export default remarkInquest
