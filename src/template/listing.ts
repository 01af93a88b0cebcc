/** Owns which template judges a document: by name, and by the versions that it accepts. */

/** What is known of a template without reading it whole. */
export interface TemplateListing {
  readonly file: string
  readonly name: string
  readonly version: string
  readonly accepts: readonly string[]
  readonly unversioned: boolean
  readonly idFields: readonly string[]
  readonly tracked: boolean
}

/** The listing that judges documents of a name and version; earlier ones win. */
export function selectTemplate<T extends Pick<TemplateListing, 'name' | 'accepts' | 'unversioned'>>(
  listings: readonly T[],
  name: string,
  version: string | undefined,
): T | undefined {
  const wanted = version?.trim().replace(/^v(?=\d)/iu, '')
  return listings.find((one) => {
    if (one.name !== name) return false
    if (wanted === undefined || wanted === '') return one.unversioned
    return one.accepts.some((accepted) => wanted === accepted || wanted.startsWith(`${accepted}.`))
  })
}
