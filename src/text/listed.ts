/** Owns lists of which nothing but the length is held: what is in them is made while somebody goes through it. */

/** Can be gone through as often as somebody likes. */
export interface Listed<T> extends Iterable<T> {
  readonly length: number
}

export function listed<T>(length: number, each: () => Iterator<T>): Listed<T> {
  return { length, [Symbol.iterator]: each }
}
