import type { Validator } from './validate.js'

export const configMatches: Validator
