interface SchemaError {
  readonly instancePath: string
  readonly keyword: string
  readonly message?: string
  readonly params: Readonly<Record<string, unknown>>
}

interface Validator {
  (value: unknown): boolean
  errors?: readonly SchemaError[] | null
}

export const configMatches: Validator
export const templateMatches: Validator
