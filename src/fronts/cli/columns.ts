/** Owns tables on a terminal: columns as wide as their widest cell, the last one as it is. */

import { displayWidth, inert } from '../../text/display.js'

/** Rows as aligned lines, two blanks between columns; every line ends with a newline. */
export function alignColumns(rows: readonly (readonly string[])[], indent = ''): string {
  const plain = rows.map((row) => row.map(inert))
  const widths: number[] = []
  for (const row of plain) for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, displayWidth(cell))
  return plain
    .map((row) => {
      const cells = row.map((cell, index) => (index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - displayWidth(cell))))
      return `${indent}${cells.join('  ').trimEnd()}\n`
    })
    .join('')
}
