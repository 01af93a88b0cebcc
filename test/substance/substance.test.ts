/** Whether words say something: filler passes no gate, whatever place it stands in, and honest words of any script do. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Place } from './places.js'
import { bases, findings, places, question, refusal, title } from './places.js'

/** In a table a stroke is written with a backslash. */
const inPlace = (place: Place, text: string): string => place.put(place.inline ? text.replaceAll('|', String.raw`\|`) : text)

const rulesIn = (all: readonly { readonly rule: string }[] | undefined): readonly string[] => [...new Set((all ?? []).map(({ rule }) => rule))]

describe('filler', () => {
  test.each(bases.map((base) => [base.name, base] as const))('%s passes as it is', async (_name, { put, event }) => {
    expect(await refusal(put(title), event)).toBeUndefined()
  })

  const fillers = ['x', 'Xxx', '?', '…', '42', '👍', '✅', '\u200B', '&nbsp;', '<br>', 'TODO', 'TODO: write this up', 'tbd', 'n/a for now', 'not needed', 'To be defined.', 'fill me in', 'see above', '*As discussed*', 'later', 'Done.', 'none - x', '~~The real words, taken back~~']
  test.each(places.map((place) => [place.name, place] as const))('keeps the gate shut as %s', async (_name, place) => {
    for (const filler of fillers) {
      const blockers = await refusal(inPlace(place, filler), place.event)
      expect(blockers, filler).not.toBeUndefined()
      expect(blockers?.length, filler).toBeGreaterThan(0)
    }
  })

  const copies: readonly (readonly [name: string, copy: string])[] = [
    ['a statement', '(What you expect to be true)'],
    ['a statement', 'H1'],
    ['a statement', 'same as H1'],
    ['a test', '<What to read or run, and what would refute it>'],
    ['a finding', '`src/pages.ts:2`'],
    ['a finding', 'src/pages.ts'],
    ['a finding', 'Refutes H2'],
    ['a finding', 'What stands there'],
    ['a reason of a verdict', 'The rows that decide it'],
    ['a reason of a verdict', 'H2 is refuted by the evidence'],
    ['the answer', '“The question, answered in one sentence”'],
    ['the question', 'Question'],
    ['the question', 'What is seen, and the one thing that is to be found out.'],
    ['a skipped section', 'Context'],
    ['a skipped section', 'and the reason.'],
    ['why nothing follows', 'Or, in place of items, why nothing follows'],
    ['the explanation of a No', 'Are spawned items created, not just listed?'],
  ]
  test.each(copies)('keeps the gate shut as %s: %s', async (name, copy) => {
    const place = places.find((one) => one.name === name)
    if (place === undefined) throw new TypeError(name)
    expect(await refusal(place.put(copy), place.event)).not.toBeUndefined()
  })

  const warned: readonly (readonly [rule: string, name: string, text: string])[] = [
    ['content-thin', 'a finding', 'something'],
    ['content-thin', 'a finding', 'Timeout'],
    ['content-thin', 'the answer', 'Yes.'],
    ['content-thin', 'the question', 'asdf asdf'],
    ['content-thin', 'a reason of a verdict', 'Lorem ipsum dolor sit amet'],
    ['content-thin', 'a skipped section', 'no time'],
    ['content-repeated', 'a statement', title],
    ['content-repeated', 'a statement', question],
    ['content-repeated', 'a test', '*Deletes* between two pages shift the OFFSET.'],
    ['content-repeated', 'a finding', 'Deletes between two pages shift the offset'],
    ['content-repeated', 'a reason of a verdict', 'All missing keys follow a delete'],
    ['content-repeated', 'a reason of a verdict', 'Rows that cannot be encoded are dropped'],
    ['content-repeated', 'the answer', question],
    ['content-repeated', 'the findings', 'Deletes between two pages shift the offset.'],
    ['content-disclaimed', 'a finding', 'Not looked at yet'],
    ['content-disclaimed', 'a finding', 'The encoder (nobody tested it)'],
    ['content-disclaimed', 'a reason of a verdict', 'Assumed from the name'],
  ]
  test.each(warned)('%s warns of %s: %s', async (rule, name, text) => {
    const place = places.find((one) => one.name === name)
    if (place === undefined) throw new TypeError(name)
    const found = (await findings(place.put(text))).filter((finding) => finding.rule.startsWith('content-'))
    expect(found.map((finding) => [finding.rule, finding.severity])).toEqual([[rule, 'warning']])
  })

  const honest: readonly (readonly [name: string, text: string])[] = [
    ['a finding', '201 always'],
    ['a finding', '`if (a || b) continue`'],
    ['a finding', 'Signature is not verified'],
    ['a finding', 'TODO comments are dropped'],
    ['a reason of a verdict', 'One return'],
    ['a reason of a verdict', '日志中大小完整'],
    ['the answer', 'From 8388609 bytes on.'],
    ['the answer', 'No: `done` alone is enough.'],
    ['a test', 'Run df'],
    ['a statement', 'Store lies'],
    ['the question', 'Почему 201?  Что с файлом?'],
    ['why nothing follows', 'None is needed, since nine seconds are allowed.'],
  ]
  test.each(honest)('says nothing about %s: %s', async (name, text) => {
    const place = places.find((one) => one.name === name)
    if (place === undefined) throw new TypeError(name)
    const document = inPlace(place, text)
    expect(rulesIn(await refusal(document, place.event))).toEqual([])
    expect((await findings(document)).filter(({ rule }) => rule.startsWith('content-'))).toEqual([])
  })
})

describe('any text', () => {
  const letters = fc.tuple(fc.constantFrom(...'axqZжѢλאبגا'), fc.integer({ min: 1, max: 5 }), fc.constantFrom('', '.', '!', '…', ' ', '?')).map(([letter, times, sign]) => letter.repeat(times) + sign)
  const signs = fc.array(fc.constantFrom('.', ',', '?', '!', '…', '—', '·', '🙂', '✅', '1', '07', '%', '=', '\u200B', '\u00AD', '\u3164', '&amp;', '“', '/'), { minLength: 1, maxLength: 6 }).map((all) => all.join(''))
  const phrases = fc.constantFrom('see above', 'as discussed', 'not needed', 'not applicable', 'none', 'nothing', 'to be done', 'to be defined', 'later', 'fill me in', 'TODO', 'tbd', 'same as H1', 'ditto', 'done')
  const dressed = fc
    .tuple(phrases, fc.constantFrom('', 'it is ', 'still '), fc.constantFrom('', ' for now', ' yet', ' so far'), fc.constantFrom('', '.', '!', ' …'), fc.boolean())
    .map(([phrase, before, behind, end, upper]) => (upper ? `${phrase}${end}`.toUpperCase() : `${/^(?:TODO|tbd|done|ditto|same|see|as|fill)/u.test(phrase) ? '' : before}${phrase}${/^(?:not|none|nothing|later)/u.test(phrase) ? behind : ''}${end}`))
  const filler = fc.oneof(letters, signs, dressed)
  const place = fc.constantFrom(...places)
  const prompts: Readonly<Record<Place['template'], readonly string[]>> = {
    'investigation-lite': ['What you expect to be true', 'What stands there', 'The rows that decide it', 'The question, answered in one sentence', 'Or, in place of items, why nothing follows', 'What is seen, and the one thing that is to be found out.', 'Every hypothesis decided - each has its verdict'],
    investigation: ['What you expect to be true', 'What stands there', 'The rows that decide it', 'What is not understood, in one sentence?', 'Why nothing follows from this inquiry', 'What to read, run or measure', 'What is looked at', 'do not answer from memory'],
  }
  const brackets = fc.constantFrom(['', ''], ['(', ')'], ['&lt;', '&gt;'], [String.raw`\[`, String.raw`\]`], ['`[', ']`'], ['“', '”'], ['**', '**'], ['{ ', ' }'], ['«', '»'], ['【', '】'], ['', ' …'])
  const prompted = place.chain((where) => fc.tuple(fc.constant(where), fc.constantFrom(...prompts[where.template]), brackets))
  // What takes long on a busy machine.
  const patience = 240_000

  test('of filler passes no gate', { timeout: patience }, async () => {
    await fc.assert(
      fc.asyncProperty(place, filler, async (where, text) => {
        expect(await refusal(inPlace(where, text), where.event), `${where.name}: ${text}`).not.toBeUndefined()
      }),
      { numRuns: 250 },
    )
  })

  test('of the template passes no gate, whatever brackets it has', { timeout: patience }, async () => {
    await fc.assert(
      fc.asyncProperty(prompted, async ([where, prompt, [open = '', close = '']]) => {
        expect(await refusal(inPlace(where, open + prompt + close), where.event), `${where.name}: ${open}${prompt}${close}`).not.toBeUndefined()
      }),
      { numRuns: 200 },
    )
  })

  const scripts: readonly (readonly [blank: string, words: readonly string[]])[] = [
    [' ', ['lease', 'ends', 'before', 'the', 'worker', 'writes', 'job', 'twice', 'empty', 'buffer', 'is', 'stored', 'reader', 'never', 'limit']],
    [' ', ['Puffer', 'bleibt', 'leer', 'weil', 'der', 'Leser', 'die', 'Grenze', 'überschreitet', 'Datei', 'wird', 'nicht', 'gespeichert']],
    [' ', ['буфер', 'остаётся', 'пустым', 'потому', 'что', 'чтение', 'прервано', 'файл', 'больше', 'предела', 'очередь']],
    [' ', ['η', 'ουρά', 'δίνει', 'την', 'εργασία', 'δύο', 'φορές', 'πριν', 'τελειώσει', 'χρόνος']],
    [' ', ['القارئ', 'يعيد', 'ملف', 'فارغ', 'عند', 'تجاوز', 'الحد', 'الخادم', 'لا', 'يتحقق']],
    [' ', ['התור', 'נותן', 'עבודה', 'פעמיים', 'לפני', 'שהיא', 'נגמרת', 'הקובץ', 'ריק']],
    [' ', ['बफ़र', 'खाली', 'रहता', 'है', 'क्योंकि', 'सीमा', 'पार', 'होती', 'फ़ाइल', 'नहीं', 'लिखी']],
    ['', ['处理', '函数', '保存', '空', '缓冲区', '日志', '完整', '请求', '超出', '限制', '没有', '检查']],
    ['', ['接続', 'が', '切れる', '前に', 'バッファ', 'は', '空の', 'まま', '保存', 'される', '上限', '超過']],
    [' ', ['버퍼가', '비어', '있다', '한도를', '넘으면', '파일이', '저장되지', '않는다', '작업이', '두', '번']],
    ['', ['ไฟล์', 'ว่าง', 'เพราะ', 'ขนาด', 'เกิน', 'ขีดจำกัด', 'งาน', 'ทำ', 'สอง', 'ครั้ง', 'ก่อน', 'หมดเวลา']],
    [' ', ['tampon', 'boş', 'kalır', 'çünkü', 'okuyucu', 'sınırı', 'aşar', 'dosya', 'yazılmaz', 'iş', 'iki', 'kez']],
    [' ', ['puskuri', 'jää', 'tyhjäksi', 'koska', 'raja', 'ylittyy', 'tiedostoa', 'ei', 'tallenneta', 'jono']],
    [' ', ['ፋይሉ', 'ባዶ', 'ነው', 'ገደቡ', 'ስለሚያልፍ', 'ሥራው', 'ሁለት', 'ጊዜ', 'ይሰራል']],
    [' ', ['ბუფერი', 'ცარიელია', 'რადგან', 'ფაილი', 'ზღვარს', 'აჭარბებს', 'რიგი', 'ორჯერ']],
    [' ', ['இடையகம்', 'காலியாக', 'உள்ளது', 'ஏனெனில்', 'கோப்பு', 'வரம்பை', 'மீறுகிறது', 'பணி']],
  ]
  const sentence = fc.constantFrom(...scripts).chain(([blank, words]) => fc.shuffledSubarray([...words], { minLength: 4, maxLength: 8 }).map((some) => some.join(blank)))

  test('that is honest passes every gate without a warning, in every script', { timeout: patience }, async () => {
    await fc.assert(
      fc.asyncProperty(place, sentence, async (where, text) => {
        const document = inPlace(where, text)
        const blockers = await refusal(document, where.event)
        expect(blockers?.map(({ message }) => message) ?? [], `${where.name}: ${text}`).toEqual([])
        expect((await findings(document)).filter(({ rule }) => rule.startsWith('content-')).map(({ message }) => message)).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})
