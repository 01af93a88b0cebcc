/** Owns how moments are written into documents: in local time, as people write them. */

function two(number: number): string {
  return String(number).padStart(2, '0')
}

/** `2026-03-02` */
export function formatDate(moment: Date): string {
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
}

/** `2026-03-02T14:05:00` */
export function formatTime(moment: Date): string {
  return `${formatDate(moment)}T${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`
}

/** `2026-03-02T14:05:00Z`: in universal time, so that entries made in several places can be compared. */
export function formatInstant(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`
}
