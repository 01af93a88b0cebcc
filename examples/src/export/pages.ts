/** Reads the table of the nightly export page by page. What INV-001 cites of it are lines 41 to 58. */

export interface Row {
  readonly key: number
  readonly cells: readonly string[]
}

export interface Table {
  /** Rows from a position on, in the order of their keys. */
  read(offset: number, limit: number): Promise<readonly Row[]>
  count(): Promise<number>
}

export interface Page {
  readonly number: number
  readonly rows: readonly Row[]
}

/** Small enough for the buffer of the encoder, large enough that nobody waits for the network. */
const pageSize = 500

/** How far an export has come, in rows. */
export interface Progress {
  readonly done: number
  readonly of: number
}

/** What a caller may ask for. */
export interface Options {
  readonly size?: number
  onProgress?(progress: Progress): void
}

/** @throws RangeError for a size that no page can have */
function sizeOf({ size = pageSize }: Options): number {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`A page of ${size} rows cannot be`)
  return size
}

/** All pages of a table, in order. */
export async function* readPages(table: Table, options: Options = {}): AsyncGenerator<Page> {
  const limit = sizeOf(options)
  const of = await table.count()
  let offset = 0
  let number = 0
  while (offset < of) {
    // The next page starts where this one ends by count; a row deleted in between moves all behind it up.
    const rows = await table.read(offset, limit)
    if (rows.length === 0) return
    yield { number, rows }
    offset += limit
    number += 1
    options.onProgress?.({ done: Math.min(offset, of), of })
    if (rows.length < limit) {
      return
    }
  }
}
