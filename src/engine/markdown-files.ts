/** Owns which files are Markdown by their names. */

/** What a file has to end in to be a document without the configuration saying so. */
export const documentExtensions: readonly string[] = ['.md', '.markdown', '.mdown']

/** By its extension. */
export function isMarkdown(file: string): boolean {
  const name = file.toLowerCase()
  return documentExtensions.some((extension) => name.endsWith(extension))
}
