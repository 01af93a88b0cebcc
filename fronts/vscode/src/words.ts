/** Owns small pieces of text that several parts show. */

export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
