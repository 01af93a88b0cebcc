/** Owns what a rule is: a name that never changes, its page, its examples, and a pure function over facts. */

import type { Document } from '../document/document.js'
import type { Section } from '../document/section.js'
import type { Facts } from '../facts/facts.js'
import type { Fix, Place, Related, Severity } from '../finding/finding.js'
import type { SectionSpec, TemplateId } from '../template/template.js'
import type { World } from './world.js'

/**
 * An excerpt of the sample document with and without the defect. The rule's page shows both, and a test
 * puts `bad` in the place of `good`: the sample as it is has no such finding, the changed one has.
 */
export interface Example {
  readonly good: string
  readonly bad: string
  /** Further changes to the sample without which the example makes no sense; not shown. */
  readonly setting?: readonly (readonly [from: string, to: string])[]
}

export interface RulePage {
  /** The rule's id for ever. */
  readonly name: string
  readonly severity: Severity
  /** What is reported, as one sentence. */
  readonly summary: string
  readonly why: string
  /** How to mend it. */
  readonly remedy: string
  /** Whether `fix` can mend it, and how safely; left out where only the author can. */
  readonly fixable?: 'safe' | 'unsafe'
  /** At least one, but for rules about files that the sample cannot show. */
  readonly examples: readonly Example[]
}

/** What a rule sees wrong; weight, phase and place in the output are added by the judge. */
export interface Observation {
  readonly message: string
  readonly at: Place
  readonly subject?: string
  /** Where it is not what the rule's findings are as a whole. */
  readonly kind?: 'defect' | 'omission'
  /** The section it belongs to, and what the template says of it. */
  readonly section?: Section
  readonly spec?: SectionSpec | undefined
  /** Index of the phase it belongs to, where that is not its section's. */
  readonly phase?: number | undefined
  readonly fix?: Fix
  readonly related?: readonly Related[]
}

type ListedFact = { [Name in keyof Facts]: Facts[Name] extends readonly unknown[] ? Name : never }[keyof Facts]

/** A rule over the facts of one document. */
export interface FactRule extends RulePage {
  readonly over: 'facts'
  /** What it looks at one by one, or cannot do without: in a document that has none it sees nothing, and is not asked. */
  readonly each?: ListedFact
  /**
   * A defect is one from the moment it stands there. An omission is one from the phase on whose gate
   * the template names the rule, and nowhere where no gate does.
   */
  readonly kind: 'defect' | 'omission'
  /** True for what makes a text unreadable: the only thing archived documents are held to. */
  readonly syntax?: boolean
  check(facts: Facts, world: World): Iterable<Observation>
}

/** A rule over a text that has no template (yet). */
export interface DocumentRule extends RulePage {
  readonly over: 'document'
  check(document: Document, subject: DocumentSubject): Iterable<Observation>
}

/** A rule over what the other rules found: it has no check of its own, the judge makes its findings. */
export interface OutcomeRule extends RulePage {
  readonly over: 'outcome'
}

/** A rule over the export of the concept store, which belongs to no document. It has no `check`; the engine makes its findings. */
export interface ExportRule extends RulePage {
  readonly over: 'export'
}

export type Rule = FactRule | DocumentRule | OutcomeRule | ExportRule

export interface DocumentSubject {
  /** True where the configuration or the caller says that the file is a document. */
  readonly declared: boolean
  /** The template it names, known or not. */
  readonly wanted: { readonly name: string | undefined; readonly version: string | undefined }
  /** True where a template for it was found. */
  readonly known: boolean
  /** All templates there are. */
  readonly templates: readonly TemplateId[]
}

/** The severity of a rule for one document, configuration included. */
export type SeverityOf = (rule: Rule) => Severity | 'off'
