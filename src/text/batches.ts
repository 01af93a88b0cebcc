/** Owns joining small pieces of a long text: neither a call for each of them nor all of them in one text. */

const batchLength = 1 << 16

export function* inBatches(pieces: Iterable<string>): Generator<string> {
  let batch = ''
  for (const piece of pieces) {
    batch += piece
    if (batch.length < batchLength) continue
    yield batch
    batch = ''
  }
  if (batch !== '') yield batch
}
