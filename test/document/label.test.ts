import { describe, expect, test } from 'vitest'
import { parseDocument } from '../../src/document/document.js'
import type { LabelledField } from '../../src/document/label.js'
import { labelledFields } from '../../src/document/label.js'
import { walk } from '../../src/document/nodes.js'
import { engines, parse } from './engines.js'

describe.each(engines)('read with $name', (engine) => {
  function fields(text: string): readonly LabelledField[] {
    const found: LabelledField[] = []
    walk(parseDocument(text, engine).root, (node) => {
      if (node.type === 'paragraph') found.push(...labelledFields(node, text))
    })
    return found
  }

  test.each([
    ['**Trigger:** a crash', [['Trigger', 'a crash']]],
    ['**Trigger**: a crash', [['Trigger', 'a crash']]],
    ['__Trigger:__ a crash', [['Trigger', 'a crash']]],
    ['**Trigger :** a crash', [['Trigger', 'a crash']]],
    ['**One:** 1\n**Two:** 2\n**Three**: 3', [['One', '1'], ['Two', '2'], ['Three', '3']]],
    ['**One:** 1  \n**Two:** 2\\\n**Three:** 3', [['One', '1'], ['Two', '2\\'], ['Three', '3']]],
    ['**One:** 1\r\n**Two:** 2\r\n', [['One', '1'], ['Two', '2']]],
    ['**One:** 1\r**Two:** 2', [['One', '1'], ['Two', '2']]],
    ['**One:**\n**Two:** 2', [['One', ''], ['Two', '2']]],
    ['**One:**', [['One', '']]],
    ['**One**:', [['One', '']]],
    ['**One:** goes\non **here**, **not:** a label', [['One', 'goes\non **here**, **not:** a label']]],
    ['**One:** `code` *and* [a](b) https://example.org me@example.org', [['One', '`code` *and* [a](b) https://example.org me@example.org']]],
    ['words **One:** 1', []],
    ['words\n**One:** 1', [['One', '1']]],
    ['**One** 1', []],
    ['**`One`:** 1', [['One', '1']]],
    ['- **One:** 1\n- **Two:** 2', [['One', '1'], ['Two', '2']]],
    ['- [x] **One:** 1', [['One', '1']]],
    ['> **One:** 1\n> **Two:** 2\n>\n> **Three:** 3', [['One', '1'], ['Two', '2'], ['Three', '3']]],
    ['> > **One:** 1\n> > **Two:** 2', [['One', '1'], ['Two', '2']]],
    ['- **One:** 1\n  **Two:** 2', [['One', '1'], ['Two', '2']]],
    ['**題:** 値 🎉\n**🎉:** x', [['題', '値 🎉'], ['🎉', 'x']]],
    ['**One:** <!-- nothing -->', [['One', '<!-- nothing -->']]],
    ['**One:** [what to write]', [['One', '[what to write]']]],
    ['    **One:** code', []],
    ['`**One:** code`', []],
  ])('%j holds %j', (text, expected) => {
    const found = fields(text)
    expect(found.map(({ label, valueSpan }) => [label, text.slice(valueSpan.start, valueSpan.end)])).toEqual(expected)
    for (const { labelSpan } of found) expect(text.slice(labelSpan.start, labelSpan.end)).toMatch(/^(?:\*\*|__).+(?:\*\*|__)$/u)
  })

  test('the value as text has no marks and no comment', () => {
    const [field] = fields('**One**: *a* `b` <!-- c -->\n[d](e)')
    expect(field?.value).toBe('a b d')
  })

  test('an empty value stands behind its label', () => {
    const text = '**One:**\n**Two**:\n**Three:**   '
    expect(fields(text).map(({ valueSpan }) => text.slice(0, valueSpan.start).split('\n').at(-1))).toEqual(['**One:**', '**Two**:', '**Three:**'])
  })
})

test('other blocks hold no labels', () => {
  const text = '# **One:** 1\n\n```\n**Two:** 2\n```\n'
  expect(parse(text).root.children.flatMap((node) => labelledFields(node, text))).toEqual([])
})
