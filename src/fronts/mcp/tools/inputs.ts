/** Owns what several tools take. */

import * as z from 'zod'

export const documentId = z.string().trim().min(1).max(1000).describe('The id of a document, such as INV-027, or its path; `template:ID` where several have the id')

export const newDocument = {
  template: z.string().trim().min(1).max(200).describe('A template, or one version of it: `investigation`, `work_item`, `investigation@2.0`'),
  title: z.string().trim().min(1).max(300).describe('What is to be found out, or to be done'),
  id: z.string().trim().regex(/^[\w.-]+$/u, 'an id holds letters, digits, `-`, `_` and `.`').max(100).optional().describe('This id in place of the next free one'),
  path: z.string().min(1).max(1000).optional().describe('Where to write it, in place of where the template says'),
}

/** One line, however it was sent. */
export const sentence = z
  .string()
  .max(2000)
  .transform((text) => text.replaceAll(/\s+/gu, ' ').trim())
