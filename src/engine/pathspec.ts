/** Owns paths as git takes them for patterns. */

/** A path to the letter, but for the case of letters, which some systems do not tell apart. */
export function inAnyCase(file: string): string {
  return `:(icase)${file.replaceAll(/[\\*?[\]]/gu, String.raw`\$&`)}`
}
