import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Most tests wait for programs that they start, so no core is kept free for anything else.
  test: { include: ['test/**/*.test.ts'], environment: 'node', testTimeout: 60_000, hookTimeout: 120_000, maxWorkers: '100%' },
})
