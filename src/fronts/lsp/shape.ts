/** Owns whether a message has the shape that the protocol gives it, as far as answers rely on that. */

/** What is wrong with the parameters of a message; undefined where they can be used. */
export function faultIn(params: unknown): string | undefined {
  if (params === undefined) return undefined
  if (!isRecord(params)) return 'The parameters are no object'
  for (const [key, { fits, words }] of Object.entries(parts)) {
    if (key in params && !fits(params[key])) return `\`${key}\` is ${words}`
  }
  return undefined
}

const parts: Readonly<Record<string, { fits(value: unknown): boolean; readonly words: string }>> = {
  textDocument: { fits: isDocument, words: 'no document with an address' },
  position: { fits: isPosition, words: 'no position' },
  range: { fits: isRange, words: 'no range' },
  positions: { fits: (value) => Array.isArray(value) && value.every(isPosition), words: 'no list of positions' },
  contentChanges: { fits: (value) => Array.isArray(value) && value.every(isChange), words: 'no list of changes' },
  changes: { fits: (value) => Array.isArray(value) && value.every((one) => isRecord(one) && typeof one['uri'] === 'string'), words: 'no list of files' },
  context: { fits: isRecord, words: 'no object' },
  item: { fits: isRecord, words: 'no object' },
  query: { fits: isText, words: 'no text' },
  newName: { fits: isText, words: 'no text' },
  files: { fits: (value) => Array.isArray(value) && value.every((one) => isRecord(one) && isText(one['oldUri']) && isText(one['newUri'])), words: 'no list of files' },
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isDocument(value: unknown): boolean {
  return isRecord(value) && typeof value['uri'] === 'string' && (!('text' in value) || typeof value['text'] === 'string')
}

function isPosition(value: unknown): boolean {
  return isRecord(value) && isCount(value['line']) && isCount(value['character'])
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
}

function isRange(value: unknown): boolean {
  return isRecord(value) && isPosition(value['start']) && isPosition(value['end'])
}

function isChange(value: unknown): boolean {
  return isRecord(value) && typeof value['text'] === 'string' && (!('range' in value) || isRange(value['range']))
}
