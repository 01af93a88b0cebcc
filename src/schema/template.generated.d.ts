import type { Validator } from './validate.js'

export const templateMatches: Validator
