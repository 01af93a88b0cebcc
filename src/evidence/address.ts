/** Owns which web addresses show nothing to anybody else: those of one machine or one network, front pages, searches. */

/** As the end of a sentence; undefined for an address that may be a source. Nothing is asked of the network. */
export function weaknessOf(address: string): string | undefined {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return undefined
  }
  if (url.protocol === 'file:') return 'is a file of one machine'
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  const host = url.hostname.toLowerCase().replace(/\.$/u, '')
  if (isLocal(host)) return 'is an address of one machine or network'
  if (isSearch(host, url)) return 'is a page of search results, which differ for everybody'
  return url.pathname.replaceAll('/', '') === '' && url.search === '' && url.hash === '' ? 'is a front page' : undefined
}

function isLocal(host: string): boolean {
  if (/^(?:localhost|.*\.(?:localhost|local|localdomain))$/u.test(host)) return true
  const bare = host.replace(/^\[|\]$/gu, '')
  if (bare.includes(':')) return bare === '::' || bare === '::1' || /^(?:f[cd]|fe[89ab])/u.test(bare) || /^::ffff:(?:7f|a[0-9a-f]{2}:|c0a8:|ac1[0-9a-f]:)/u.test(bare)
  const [a, b] = /^\d+\.\d+\.\d+\.\d+$/u.test(bare) ? bare.split('.').map(Number) : []
  if (a === undefined || b === undefined) return false
  return a === 0 || a === 10 || a === 127 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254) || (a === 100 && b >= 64 && b <= 127)
}

const engines = /(?:^|\.)(?:google|bing|duckduckgo|yahoo|baidu|yandex|ecosia|kagi|startpage|qwant|brave|sogou|naver|ask)\.[a-z.]{2,6}$/u
const asked = ['q', 'query', 'p', 'wd', 'text', 'search', 'search_query', 's', 'k', 'keyword', 'keywords']

function isSearch(host: string, { pathname, searchParams }: URL): boolean {
  if (!asked.some((name) => (searchParams.get(name) ?? '') !== '')) return false
  return engines.test(host) || pathname.split('/').some((part) => /^(?:search|results|find|suche|recherche)(?:\.\w+)?$/iu.test(part))
}

/** The addresses that a text names by their scheme. */
export function addressesIn(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:https?|file):\/\/[^\s`<>|"]+/giu)].map(([one]) => withoutEnd(one))
}

/** What closes the sentence around an address does not belong to it. */
function withoutEnd(address: string): string {
  let end = address.length
  while (end > 0 && '),.;:!?]'.includes(address.charAt(end - 1))) end--
  return address.slice(0, end)
}
