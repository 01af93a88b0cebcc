/** Owns the list of all rules. Written by scripts/generate-registry.mjs from the files of this folder. */

import { answerMissing } from './answer-missing.js'
import { answerUnexplained } from './answer-unexplained.js'
import { attestationMissing } from './attestation-missing.js'
import { checklistIncomplete } from './checklist-incomplete.js'
import { checklistUntrue } from './checklist-untrue.js'
import { citationDrifted } from './citation-drifted.js'
import { citationMalformed } from './citation-malformed.js'
import { citationOutOfRange } from './citation-out-of-range.js'
import { citationUnresolved } from './citation-unresolved.js'
import { countMismatch } from './count-mismatch.js'
import { dateReversed } from './date-reversed.js'
import { evidenceMissing } from './evidence-missing.js'
import { evidenceOneSided } from './evidence-one-sided.js'
import { evidenceOrphan } from './evidence-orphan.js'
import { evidenceUndiscriminating } from './evidence-undiscriminating.js'
import { evidenceUnsourced } from './evidence-unsourced.js'
import { fenceUnclosed } from './fence-unclosed.js'
import { fieldInvalid } from './field-invalid.js'
import { fieldMissing } from './field-missing.js'
import { fieldUnknown } from './field-unknown.js'
import { fileUnreadable } from './file-unreadable.js'
import { frontmatterInvalid } from './frontmatter-invalid.js'
import { frontmatterMissing } from './frontmatter-missing.js'
import { hypothesisDuplicate } from './hypothesis-duplicate.js'
import { hypothesisIncomplete } from './hypothesis-incomplete.js'
import { hypothesisMissing } from './hypothesis-missing.js'
import { hypothesisUntested } from './hypothesis-untested.js'
import { idDuplicate } from './id-duplicate.js'
import { memoryRefUnknown } from './memory-ref-unknown.js'
import { memoryRefUnrecorded } from './memory-ref-unrecorded.js'
import { memoryRefsMissing } from './memory-refs-missing.js'
import { phaseBehind } from './phase-behind.js'
import { phaseInvalid } from './phase-invalid.js'
import { placeholderLeft } from './placeholder-left.js'
import { quoteDiffers } from './quote-differs.js'
import { referenceUnresolved } from './reference-unresolved.js'
import { registrationBroken } from './registration-broken.js'
import { registrationMissing } from './registration-missing.js'
import { sectionDuplicate } from './section-duplicate.js'
import { sectionEmpty } from './section-empty.js'
import { sectionMissing } from './section-missing.js'
import { skipNotAllowed } from './skip-not-allowed.js'
import { skipUnmarked } from './skip-unmarked.js'
import { skipWithoutRationale } from './skip-without-rationale.js'
import { spawnMissing } from './spawn-missing.js'
import { spawnUnlinked } from './spawn-unlinked.js'
import { spawnUnresolved } from './spawn-unresolved.js'
import { stateCommitted } from './state-committed.js'
import { stateLeftover } from './state-leftover.js'
import { suppressionUnexplained } from './suppression-unexplained.js'
import { suppressionUnused } from './suppression-unused.js'
import { tableInvalid } from './table-invalid.js'
import { templateUnknown } from './template-unknown.js'
import { verdictInvalid } from './verdict-invalid.js'
import { verdictMissing } from './verdict-missing.js'
import { verdictOrphan } from './verdict-orphan.js'
import { verdictUnsupported } from './verdict-unsupported.js'
import { verificationIncomplete } from './verification-incomplete.js'
import type { Rule } from './rule.js'

export const rules: readonly Rule[] = [
  answerMissing,
  answerUnexplained,
  attestationMissing,
  checklistIncomplete,
  checklistUntrue,
  citationDrifted,
  citationMalformed,
  citationOutOfRange,
  citationUnresolved,
  countMismatch,
  dateReversed,
  evidenceMissing,
  evidenceOneSided,
  evidenceOrphan,
  evidenceUndiscriminating,
  evidenceUnsourced,
  fenceUnclosed,
  fieldInvalid,
  fieldMissing,
  fieldUnknown,
  fileUnreadable,
  frontmatterInvalid,
  frontmatterMissing,
  hypothesisDuplicate,
  hypothesisIncomplete,
  hypothesisMissing,
  hypothesisUntested,
  idDuplicate,
  memoryRefUnknown,
  memoryRefUnrecorded,
  memoryRefsMissing,
  phaseBehind,
  phaseInvalid,
  placeholderLeft,
  quoteDiffers,
  referenceUnresolved,
  registrationBroken,
  registrationMissing,
  sectionDuplicate,
  sectionEmpty,
  sectionMissing,
  skipNotAllowed,
  skipUnmarked,
  skipWithoutRationale,
  spawnMissing,
  spawnUnlinked,
  spawnUnresolved,
  stateCommitted,
  stateLeftover,
  suppressionUnexplained,
  suppressionUnused,
  tableInvalid,
  templateUnknown,
  verdictInvalid,
  verdictMissing,
  verdictOrphan,
  verdictUnsupported,
  verificationIncomplete,
]
