/** Owns matching paths against globs. What compiles them is loaded only where somebody wrote one. */

export type Matches = (path: string) => boolean

/** True for a path that one of the globs covers; for none where there is no glob. */
export async function compileGlobs(globs: readonly string[]): Promise<Matches> {
  if (globs.length === 0) return () => false
  const { default: picomatch } = await import('picomatch')
  return picomatch([...globs], { dot: true })
}
