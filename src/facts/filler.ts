/**
 * Owns English phrases that stand where somebody should have written: each is filler only as the whole of a text. What
 * is written in another language equals none of them. All patterns read the essence of a text, ids replaced.
 */

/** Stands for each id of a hypothesis. No word of a language has a digit in it. */
export const anId = 'h0h'

const anyOf = (phrases: readonly string[]): string => `(?:${phrases.join('|')})`

/** Words that may stand before or behind a phrase of filler and say nothing themselves. */
const before = '(?:(?:it|this|that|these|those|they|there|was|were|is|are|its|thats|has|have|been|be|just|simply|still|currently|so|well|because|since|sorry) )*'
const behind =
  '(?: (?:for now|now|right now|yet|so far|at all|at the moment|at this (?:point|time|stage)|currently|as of now|here|there|in this case|really|please|later|soon|again|any ?more|sorry|thanks|really|today))*'

const whole = (phrases: readonly string[]): RegExp => new RegExp(`^${before}${anyOf(phrases)}${behind}$`)

/** Words that say that the text is still to come. */
const unwritten = whole([
  't ?o ?d ?o',
  't ?b ?[acdwx]',
  'wip',
  '(?:just )?(?:a )?(?:draft|stub)(?: only)?',
  'under construction',
  '(?:will|shall|should|must|can|may) be (?:done|added|written|filled(?: in| out)?|decided|provided|completed|defined|described|discussed)',
  '(?:tomorrow|next (?:time|week|sprint|session))',
  'fixme',
  'x{3,}',
  'to be (?:done|determined|decided|added|written|defined|filled(?: in| out)?|completed|described|specified|announced|continued|discussed|updated|provided|clarified|confirmed|documented)',
  'fill (?:me|this|it|that)?(?: in| out)?',
  'fill in(?: the blanks?)?',
  '(?:please )?(?:write|insert|add|put|enter|type)(?: (?:me|this|that|it|something|some|more|your|the|a))*(?: (?:text|content|words?|description|details?|reason|rationale|explanation|answer|notes?|something))(?: here| in)?',
  '(?:please )?(?:write|insert|add|put|enter|type)(?: (?:me|this|that|it))*(?: here| in)',
  'write me',
  'your (?:text|answer|reason|content|words?)(?: here)?',
  '(?:some )?(?:text|placeholder|placeholder text|content|description|details)(?: goes)? here',
  'placeholder(?: text)?',
  '(?:more )?(?:details?|info|information|text|more) (?:to (?:come|follow)|coming|follows?|later)',
  'coming',
  'pending',
  'in progress',
  'work in progress',
  'not (?:yet )?(?:written|done|filled(?: in| out)?)',
  'unwritten',
  'later(?: on)?',
  'soon',
  '(?:some|an)other time',
  '(?:i |we )?(?:will|ill|well|shall) (?:do|write|fill|add|see|decide)(?: (?:it|this|that))?(?: in| out)?',
  '(?:do|write|decide|add) (?:it |this |that )?later',
  'for later',
  'deferred',
  'postponed',
  'put off',
])

/** Words that say that there is nothing, and not why. */
const absent = whole([
  'n ?a',
  'none',
  'nothing',
  'nil',
  '(?:none|nothing|no need)(?: is| was)?(?: needed| required| necessary| learned| learnt)?(?: to (?:add|say|report|note|see|do))?',
  'nothing (?:special|else|more|further|follows?|new|comes of it)',
  'n ?a (?:none|n ?a|nothing|not (?:applicable|needed|required|relevant|necessary))',
  'none n ?a',
  '(?:does not|doesnt|do not|dont) apply',
  'not (?:applicable|needed|required|necessary|relevant|important|of interest|worth it)',
  'un(?:needed|necessary)',
  'irrelevant',
  'inapplicable',
  'no (?:follow ?up|action|work|items?|further work|further action|reason|comments?|answer|idea|clue)(?: (?:is |was )?(?:needed|required|necessary|given|follows?))?',
  '(?:i |we )?(?:dont|do not) (?:know|care)',
  'skip(?:ped|ping)?(?: this| it)?(?: section)?',
  'omitted(?: for brevity)?',
  'left (?:out|blank|empty)',
  'intentionally (?:left )?(?:blank|empty)',
])

/** Words that say that something is over, and not what. */
const over = whole(['done', 'ok', 'okay', 'fine', 'lgtm', 'all (?:good|done|fine|ok|set)', 'looks (?:good|ok|fine)', 'finished', 'completed?'])

const pointing =
  `(?: (?:the|a|an|this|that|these|those|above|below|here|there|before|earlier|previous(?:ly)?|next|last|other|another|same|ones?|rows?|tables?|sections?|evidence|findings?|notes?|columns?|cells?|answers?|questions?|title|hypothes[ie]s|verdicts?|documents?|doc|text|details?|discussions?|chat|slack|e?mail|jira|github|call|standup|meeting|tickets?|issues?|prs?|threads?|wiki|readme|docs|comments?|context|summary|sources?|links?|files?|lines?|usual|in|to|at|on|of|as|and|or|for|discussed|mentioned|described|explained|stated|shown|noted|documented|agreed|said|such|always|well|reason|${anId}))*`

/** Words that send the reader somewhere else in the document or out of it. */
const pointer = new RegExp(
  `^(?:please |just |again )*(?:(?:see|refer to|cf|same|same here|ditto|dito|idem|likewise|same thing|same story|described|explained|discussed|mentioned|documented|stated|answered|covered|given|shown|like)${pointing}|as (?:above|below|before|discussed|mentioned|described|explained|stated|shown|noted|documented|agreed|said|usual|always|${anId})${pointing}|(?:above|below|here|there)|(?:the )?(?:evidence|rows?|tables?|findings?|notes?|source)(?: is| are)? (?:above|below))$`,
)

/** What a place that asks for a reason is called. */
const called = whole(['(?:and )?(?:the )?(?:reason|rationale|why|explanation|explain|justification)(?: why)?(?: given| here)?'])

/** A verdict and the words around it: `Confirms H1`, `H2 is refuted by the evidence`. */
const verdict = new RegExp(
  `^(?:(?:${anId}|this|that|it|is|are|was|were|the|and|both|a|an|as|by|for|against|of|hypothes[ie]s|evidence|findings?|rows?|result|proof|verdict|clearly|fully|partially|partly|directly|strongly|all|also|supporting|supports?|supported|confirms?|confirmed|confirmation|refut(?:es?|ed)|refutation|proves?|proven|proved|disproves?|disproved|disproven|contradicts?|contradicted|speaks?|to|inconclusive|subsumed|true|false|correct|incorrect|wrong|right|not|valid|invalid|yes|no)(?: |$))+$`,
)
const decides = new RegExp(`\\b(?:${anId}|support\\w*|confirm\\w*|refut\\w*|prove[sdn]?|proven|proof|disprove\\w*|contradict\\w*|inconclusive|subsumed|true|false|correct|incorrect|wrong|right|valid|invalid)\\b`)
const onlyIds = new RegExp(`^(?:(?:hypothes[ie]s|and|or) )*${anId}(?: (?:${anId}|and|or))*$`)

/** Words that could stand anywhere, and so tell nothing here. */
const idle = whole([
  '(?:some|any)thing(?: else)?',
  'whatever',
  'stuff',
  'things?',
  'foo(?: bar)?(?: baz)?',
  'bar',
  'baz',
  '(?:testing|tests?)(?: (?:testing|tests?|\\d+))*',
  'out of scope',
  'idk',
  'dunno',
  'meh',
  'why not',
  'example',
  'sample',
  'dummy(?: text)?',
  '(?:some )?text',
  'blah?(?: blah?)*',
  'bla(?: bla)*',
  'hello world',
  '(?:lack of|no|not enough|little|out of|ran out of|run out of|no more|not the) time(?: left)?',
  'too (?:busy|late|long|much|noisy|hard|difficult|easy|small|simple)',
  'i? ?trust me',
  '(?:self )?(?:obvious|obviously|evident|explanatory|clear|trivial)',
  '(?:well )?known',
  'everybody knows(?: that| it)?',
  '(?:yes|yep|yeah|no|nope|maybe|perhaps|probably|sure|of course|certainly|possibly)(?: (?:yes|no|indeed|it (?:is|does|was)(?: not|nt)?))?',
  'it depends',
  'good(?: enough)?',
  'great',
  'works?(?: (?:fine|now))?',
  'working',
  'fixed',
  '(?:re)?solved',
  'closed',
  'checked',
  'verified',
  'tested',
  'as (?:expected|planned|designed)',
  '(?:various|several|for|other|many) reasons',
  'because',
  'interesting',
  'important',
  'trivial',
  'unknown',
  'empty',
  'blank',
])

export type Filler = 'unwritten' | 'absent' | 'pointer' | 'verdict' | 'ids' | 'idle'

/** What longer texts are, these phrases are not. */
const longest = 90

/**
 * Which kind of filler the whole of a text is; undefined for what says something.
 * @param essence of the text, each id in it written as `anId`
 */
export function fillerOf(essence: string): Filler | undefined {
  if (/^lorem ipsum\b/.test(essence)) return 'idle'
  if (essence.length > longest) return undefined
  if (onlyIds.test(essence)) return 'ids'
  if (unwritten.test(essence) || called.test(essence)) return 'unwritten'
  if (absent.test(essence) || over.test(essence)) return 'absent'
  if (pointer.test(essence)) return 'pointer'
  if (decides.test(essence) && verdict.test(essence)) return 'verdict'
  return idle.test(essence) || essence.split(' ').every(isMash) ? 'idle' : undefined
}

/** A note to oneself that opens the text: `TODO: write this up`. The words alone are no note: "TODO comments are kept". */
export function opensWithNote(text: string): boolean {
  return /^\W*(?:TODO|TBD|TBA|TBC|FIXME|XXX|WIP)\b\W*(?:[:.,;!?([\-–—]|$)/u.test(text)
}

const rows = ['abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl', 'qsdfghjklm', 'zxcvbnm', 'yxcvbnm', 'wxcvbn', 'poiuytrewq', 'lkjhgfdsa', 'mnbvcxz']

/** Letters that lie side by side on a keyboard or in the alphabet, one letter again and again, two of them in turn, or a number. */
function isMash(word: string): boolean {
  if (/^(?:\d+|([a-z])\1+)$/.test(word)) return true
  if (!/^[a-z]{3,}$/.test(word)) return false
  return rows.some((row) => row.includes(word) && (word.length > 3 || row.startsWith(word))) || /^(?:asdf|qwer|zxcv|hjkl|jkl)+\w*$/.test(word) || (word.length >= 6 && new Set(word).size <= 2)
}

const examined = '(?:tested|checked|verified|looked|examined|measured|run|ran|read|reproduced|tried|investigated|explored|validated|inspected|analy[sz]ed|reviewed|started|begun)'
const rest = '(?: (?:at|into|through))?(?: (?:yet|so far|at all|all|here|for now|in practice|directly|again|either|by (?:anyone|anybody|us|me)))*(?: (?:because|since|as) .*)?'
const about = `(?:(?:${anId}(?: (?:and|or) ${anId})*|it|this|that|these|both|all|some|they|but|though|however|so far) )*`

/** A text that says of itself that nobody looked: `not tested`, `assumed from the name`. */
const disclaimers: readonly RegExp[] = [
  new RegExp(`^${about}(?:(?:was|were|is|are|has|have|had|been|could|can) )*(?:still )?(?:not|never|wasnt|werent|isnt|hasnt|havent|couldnt be|cannot be)(?: (?:yet|actually|really|been|be|ever))* ${examined}${rest}$`),
  new RegExp(`^(?:(?:i|we|they|but) )*(?:did|didnt|could|couldnt|have|havent)(?: not| never)?(?: yet)? (?:test|check|verify|look|examine|measure|run|read|reproduce|try|investigate|inspect)(?:ed)?(?: (?:at|into|through))?(?: (?:it|this|that|them|there))?${rest}$`),
  new RegExp(`^(?:nobody|no one|noone|none of us)(?: (?:has|have|ever))* ${examined}(?: .*)?$`),
  new RegExp(`^${about}(?:is |are |was |were |still )*(?:to be|needs? to be|has to be|have to be|must be|should be|remains? to be|yet to be) ${examined}${rest}$`),
  new RegExp(`^${about}(?:is |are |was |were |still |remains? )*un(?:tested|verified|checked|examined|explored|read|confirmed)${rest}$`),
  new RegExp(`^${about}(?:is |are |was |were |only |just |merely |simply |an? |my |our )*(?:assumed|assumption|guess|guessed|guesses|guesswork|presumed|speculation)(?: (?:from|by|based|because|on|only|here)\\b.*)?$`),
  /^nothing (?:was |has been |is )?(?:looked at|tested|checked|verified|examined|measured|run|read|done)(?: yet| so far)?$/,
]
const denied = /\b(?:not|never|\w+nt|nobody|noone|no one|none|nothing|to be|un(?:tested|verified|checked|examined|explored|read|confirmed)|assum\w+|guess\w*|presumed|speculation)\b/

/** True for what stands beside a Yes and takes it back: `not yet`, `except H2`. */
export function takesBack(essence: string): boolean {
  return new RegExp(`^(?:no|nope|false|wrong|(?:but )?not (?:yet|really|quite|all|every|completely|entirely|fully|for)\\b.*|(?:but |all )?(?:except|apart from|save for)\\b.*|${anId} (?:is|was) (?:still )?(?:open|missing|left out|skipped|not)\\b.*)$`).test(essence)
}

/** True for a text, or a part of it, as its essence, that says that nobody looked. */
export function disclaims(essence: string): boolean {
  return denied.test(essence) && disclaimers.some((pattern) => pattern.test(essence))
}

/** The same behind a comma, where "never read" and "not checked" are more often said of the code. */
export function disclaimsBehind(essence: string): boolean {
  return /^(?:but |and )?(?:was |were |is |are )?(?:not|never)(?: yet| actually| really)? (?:tested|verified|looked (?:at|into)|reproduced|investigated|examined|tried)(?: yet| so far| at all| here)?$/.test(essence)
}
