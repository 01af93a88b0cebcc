/** Owns the rule `placeholder-left`. */

import type { FactRule } from './rule.js'

export const placeholderLeft: FactRule = {
  name: 'placeholder-left',
  over: 'facts',
  each: 'placeholders',
  kind: 'omission',
  severity: 'error',
  summary: 'Text of the template still stands where the author should have written.',
  why: 'A prompt that nobody answered looks like content to everyone who skims.',
  remedy: 'Write what the prompt asks for, or remove the row, item or section it stands in.',
  examples: [{ good: '**Implication:** Read the pages by key.', bad: '**Implication:** [What to do about it]' }],
  *check({ placeholders }) {
    for (const { text, span, section, spec } of placeholders) {
      yield { message: `\`${shorten(text)}\` is the template's prompt, expected what it asks for`, at: span, subject: shorten(text), section, spec }
    }
  },
}

function shorten(text: string): string {
  const flat = text.replaceAll(/\s+/gu, ' ').replaceAll('`', '')
  return flat.length > 60 ? `${flat.slice(0, 59)}…` : flat
}
