/** Owns the texts that a field names, be it one or a list. */

import type { FrontmatterValue } from '../document/frontmatter.js'

export function valuesOf(value: FrontmatterValue | undefined): readonly string[] {
  const values: readonly (FrontmatterValue | undefined)[] = Array.isArray(value) ? value : [value]
  return values.flatMap((one) => (typeof one === 'string' && one.trim() !== '' ? [one.trim()] : []))
}
