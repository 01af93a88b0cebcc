/** Owns the list of tools, in the order in which clients see them. */

import type { Tool } from './tool.js'
import { checkTool } from './tools/check.js'
import { ingestTool } from './tools/ingest.js'
import { memoryStatsTool } from './tools/memory-stats.js'
import { newTool } from './tools/new.js'
import { searchTool } from './tools/search.js'
import { spawnTool } from './tools/spawn.js'
import { statusTool } from './tools/status.js'
import { advanceTool, amendTool, closeTool, reopenTool } from './tools/transition.js'
import { verifyTool } from './tools/verify.js'

export const tools: readonly Tool[] = [
  newTool,
  statusTool,
  checkTool,
  advanceTool,
  closeTool,
  spawnTool,
  reopenTool,
  amendTool,
  verifyTool,
  searchTool,
  ingestTool,
  memoryStatsTool,
]
