import { tmpdir } from 'node:os'
import path from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Most tests wait for programs that they start, so no core is kept free for anything else.
  test: { include: ['test/**/*.test.ts'], environment: 'node', testTimeout: 60_000, env: { XDG_STATE_HOME: path.join(tmpdir(), 'inquest-test-state') }, hookTimeout: 120_000, maxWorkers: '100%' },
})
