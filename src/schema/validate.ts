/** Owns checking configuration and templates against the published JSON Schemas. */

export interface SchemaProblem {
  /** Keys and indices from the root to the value at fault. */
  readonly path: readonly string[]
  /** What is wrong and what was expected. */
  readonly message: string
}

/** A schema compiled to a function: `config.generated.js`, `template.generated.js`. */
export interface Validator {
  (value: unknown): boolean
  errors?: readonly SchemaError[] | null
}

interface SchemaError {
  readonly instancePath: string
  readonly keyword: string
  readonly message?: string
  readonly params: Readonly<Record<string, unknown>>
}

/** What in `value` does not fit the schema; empty where all of it does. */
export function validateWith(matches: Validator, value: unknown): readonly SchemaProblem[] {
  if (matches(value)) return []
  const problems: SchemaProblem[] = []
  for (const error of matches.errors ?? []) {
    // Failed branches of an alternative repeat what the alternative itself says.
    if (error.keyword === 'if' || error.keyword === 'anyOf') continue
    const path = error.instancePath.split('/').slice(1).map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    problems.push(describe(path, error.keyword, error.params, error.message ?? 'is not valid'))
  }
  return problems.length > 0 ? problems : [{ path: [], message: 'does not fit the schema' }]
}

function describe(path: readonly string[], keyword: string, params: Readonly<Record<string, unknown>>, message: string): SchemaProblem {
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty'])
      return { path: [...path, key], message: `unknown key \`${key}\`` }
    }
    case 'required':
      return { path, message: `lacks the key \`${String(params['missingProperty'])}\`` }
    case 'enum': {
      const allowed = params['allowedValues']
      const names = Array.isArray(allowed) ? allowed.map((value) => `\`${String(value)}\``).join(', ') : ''
      return { path, message: `must be one of ${names}` }
    }
    default:
      return { path, message }
  }
}
