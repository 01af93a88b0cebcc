/** Owns the shape of a template's frontmatter as people write it; `schema/template.schema.json` is the same as JSON Schema. */

export interface FieldSource {
  readonly type?: string
  readonly required?: boolean
  readonly values?: readonly string[]
  readonly after?: string
    readonly initial?: string
  readonly summary?: string
}

export interface BindingSource {
  readonly claim: string
  readonly rules: readonly string[]
  readonly about?: string
}

export interface ColumnSource {
  readonly heading: string
  readonly aliases?: readonly string[]
  readonly type?: string
  readonly optional?: boolean
  readonly values?: readonly string[]
}

export interface LabelSource {
  readonly label: string
  readonly aliases?: readonly string[]
  readonly required?: boolean
  readonly values?: readonly string[]
}

export interface PartSource {
  readonly kind: string
  readonly yields?: string
  readonly columns?: Readonly<Record<string, ColumnSource>>
  readonly called?: readonly string[]
  readonly proves?: readonly BindingSource[]
  readonly closes?: boolean
  readonly due?: string
  readonly labels?: readonly (string | LabelSource)[]
}

export interface SectionSource {
  readonly heading: string
  readonly aliases?: readonly string[]
  readonly phase?: string
  readonly optional?: boolean
  readonly skippable?: boolean
  readonly summary?: string
  readonly learnings?: boolean
  readonly parts?: readonly PartSource[]
  readonly sections?: readonly SectionSource[]
}

export interface PhaseSource {
  readonly name: string
  readonly aliases?: readonly string[]
  readonly summary?: string
  readonly registers?: boolean
  readonly gate?: readonly string[]
}

export interface AttestationSource {
  readonly kind: string
  readonly agents: readonly string[]
  readonly phase?: string
  readonly summary?: string
}

export interface TemplateSource {
  readonly template: string
  readonly version: string
  readonly accepts?: readonly string[]
  readonly unversioned?: boolean
  readonly title: string
  readonly summary: string
  readonly file?: string
  readonly id?: { readonly fields: readonly string[]; readonly prefix: string; readonly digits?: number }
  readonly title_field?: string
  readonly parents?: readonly string[]
  readonly memory?: string
  readonly history?: string
  readonly tracked?: boolean
  readonly hypothesis_id?: string
  readonly fields: Readonly<Record<string, FieldSource>>
  readonly closed_fields?: boolean
  readonly status: {
    readonly field: string
    readonly open: readonly string[]
    readonly closed: readonly string[]
    readonly archived?: readonly string[]
  }
  readonly phase_field?: string
  readonly closed_in?: readonly string[]
  readonly phases: readonly PhaseSource[]
  readonly attestations?: readonly AttestationSource[]
  readonly sections: readonly SectionSource[]
}
