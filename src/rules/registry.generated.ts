/** Owns the list of all rules. Written by scripts/generate-registry.mjs from the files of this folder. */

import { absenceUntrue } from './absence-untrue.js'
import { amendmentLate } from './amendment-late.js'
import { answerMissing } from './answer-missing.js'
import { answerUnexplained } from './answer-unexplained.js'
import { archiveUnexplained } from './archive-unexplained.js'
import { attestationDoubtful } from './attestation-doubtful.js'
import { attestationMissing } from './attestation-missing.js'
import { blockedClosed } from './blocked-closed.js'
import { blockerUnresolved } from './blocker-unresolved.js'
import { challengeMissing } from './challenge-missing.js'
import { checklistIncomplete } from './checklist-incomplete.js'
import { checklistUntrue } from './checklist-untrue.js'
import { citationDrifted } from './citation-drifted.js'
import { citationMalformed } from './citation-malformed.js'
import { citationOutOfRange } from './citation-out-of-range.js'
import { citationUnresolved } from './citation-unresolved.js'
import { commentUnclosed } from './comment-unclosed.js'
import { confidenceInvalid } from './confidence-invalid.js'
import { confidenceUnread } from './confidence-unread.js'
import { conflictUnresolved } from './conflict-unresolved.js'
import { contentDisclaimed } from './content-disclaimed.js'
import { contentEmpty } from './content-empty.js'
import { contentRepeated } from './content-repeated.js'
import { contentThin } from './content-thin.js'
import { countMismatch } from './count-mismatch.js'
import { dateReversed } from './date-reversed.js'
import { documentLost } from './document-lost.js'
import { evidenceCodeAbsent } from './evidence-code-absent.js'
import { evidenceConceptUnknown } from './evidence-concept-unknown.js'
import { evidenceContradictory } from './evidence-contradictory.js'
import { evidenceDuplicate } from './evidence-duplicate.js'
import { evidenceIndecisive } from './evidence-indecisive.js'
import { evidenceMissing } from './evidence-missing.js'
import { evidenceOneSided } from './evidence-one-sided.js'
import { evidenceOneSource } from './evidence-one-source.js'
import { evidenceOrphan } from './evidence-orphan.js'
import { evidenceSameCommit } from './evidence-same-commit.js'
import { evidenceUndiscriminating } from './evidence-undiscriminating.js'
import { evidenceUnresolved } from './evidence-unresolved.js'
import { evidenceUnsourced } from './evidence-unsourced.js'
import { evidenceUntracked } from './evidence-untracked.js'
import { evidenceWeak } from './evidence-weak.js'
import { fenceUnclosed } from './fence-unclosed.js'
import { fieldInvalid } from './field-invalid.js'
import { fieldMissing } from './field-missing.js'
import { fieldUnknown } from './field-unknown.js'
import { findingWaived } from './finding-waived.js'
import { frontmatterInvalid } from './frontmatter-invalid.js'
import { frontmatterMissing } from './frontmatter-missing.js'
import { historyDiverged } from './history-diverged.js'
import { historyLate } from './history-late.js'
import { historyMisdated } from './history-misdated.js'
import { historyRewritten } from './history-rewritten.js'
import { hypothesisDuplicate } from './hypothesis-duplicate.js'
import { hypothesisIncomplete } from './hypothesis-incomplete.js'
import { hypothesisMissing } from './hypothesis-missing.js'
import { hypothesisRepeated } from './hypothesis-repeated.js'
import { hypothesisUntested } from './hypothesis-untested.js'
import { idDuplicate } from './id-duplicate.js'
import { linkUnresolved } from './link-unresolved.js'
import { memoryExportInvalid } from './memory-export-invalid.js'
import { memoryRefUnknown } from './memory-ref-unknown.js'
import { memoryRefUnrecorded } from './memory-ref-unrecorded.js'
import { memoryRefsMissing } from './memory-refs-missing.js'
import { parentUnresolved } from './parent-unresolved.js'
import { phaseBehind } from './phase-behind.js'
import { phaseInvalid } from './phase-invalid.js'
import { pinMissing } from './pin-missing.js'
import { pinUntrue } from './pin-untrue.js'
import { placeholderLeft } from './placeholder-left.js'
import { quoteDiffers } from './quote-differs.js'
import { referenceUnresolved } from './reference-unresolved.js'
import { registrationBroken } from './registration-broken.js'
import { registrationErased } from './registration-erased.js'
import { registrationLate } from './registration-late.js'
import { registrationMissing } from './registration-missing.js'
import { registrationUncommitted } from './registration-uncommitted.js'
import { reopeningIdle } from './reopening-idle.js'
import { runMissing } from './run-missing.js'
import { runRefuted } from './run-refuted.js'
import { sectionDuplicate } from './section-duplicate.js'
import { sectionEmpty } from './section-empty.js'
import { sectionMissing } from './section-missing.js'
import { skipNotAllowed } from './skip-not-allowed.js'
import { skipUnmarked } from './skip-unmarked.js'
import { skipWithoutRationale } from './skip-without-rationale.js'
import { spawnDeferred } from './spawn-deferred.js'
import { spawnMissing } from './spawn-missing.js'
import { spawnUnlinked } from './spawn-unlinked.js'
import { spawnUnresolved } from './spawn-unresolved.js'
import { spawnUnwritten } from './spawn-unwritten.js'
import { stateCommitted } from './state-committed.js'
import { stateLeftover } from './state-leftover.js'
import { subsumptionBroken } from './subsumption-broken.js'
import { suppressionUnexplained } from './suppression-unexplained.js'
import { suppressionUnused } from './suppression-unused.js'
import { tableInvalid } from './table-invalid.js'
import { templateChanged } from './template-changed.js'
import { templateUnknown } from './template-unknown.js'
import { verdictContradicted } from './verdict-contradicted.js'
import { verdictEarly } from './verdict-early.js'
import { verdictInvalid } from './verdict-invalid.js'
import { verdictMissing } from './verdict-missing.js'
import { verdictOrphan } from './verdict-orphan.js'
import { verdictRepeated } from './verdict-repeated.js'
import { verdictShared } from './verdict-shared.js'
import { verdictUndecided } from './verdict-undecided.js'
import { verdictUnsupported } from './verdict-unsupported.js'
import { verificationIncomplete } from './verification-incomplete.js'
import type { Rule } from './rule.js'

export const rules: readonly Rule[] = [
  absenceUntrue,
  amendmentLate,
  answerMissing,
  answerUnexplained,
  archiveUnexplained,
  attestationDoubtful,
  attestationMissing,
  blockedClosed,
  blockerUnresolved,
  challengeMissing,
  checklistIncomplete,
  checklistUntrue,
  citationDrifted,
  citationMalformed,
  citationOutOfRange,
  citationUnresolved,
  commentUnclosed,
  confidenceInvalid,
  confidenceUnread,
  conflictUnresolved,
  contentDisclaimed,
  contentEmpty,
  contentRepeated,
  contentThin,
  countMismatch,
  dateReversed,
  documentLost,
  evidenceCodeAbsent,
  evidenceConceptUnknown,
  evidenceContradictory,
  evidenceDuplicate,
  evidenceIndecisive,
  evidenceMissing,
  evidenceOneSided,
  evidenceOneSource,
  evidenceOrphan,
  evidenceSameCommit,
  evidenceUndiscriminating,
  evidenceUnresolved,
  evidenceUnsourced,
  evidenceUntracked,
  evidenceWeak,
  fenceUnclosed,
  fieldInvalid,
  fieldMissing,
  fieldUnknown,
  findingWaived,
  frontmatterInvalid,
  frontmatterMissing,
  historyDiverged,
  historyLate,
  historyMisdated,
  historyRewritten,
  hypothesisDuplicate,
  hypothesisIncomplete,
  hypothesisMissing,
  hypothesisRepeated,
  hypothesisUntested,
  idDuplicate,
  linkUnresolved,
  memoryExportInvalid,
  memoryRefUnknown,
  memoryRefUnrecorded,
  memoryRefsMissing,
  parentUnresolved,
  phaseBehind,
  phaseInvalid,
  pinMissing,
  pinUntrue,
  placeholderLeft,
  quoteDiffers,
  referenceUnresolved,
  registrationBroken,
  registrationErased,
  registrationLate,
  registrationMissing,
  registrationUncommitted,
  reopeningIdle,
  runMissing,
  runRefuted,
  sectionDuplicate,
  sectionEmpty,
  sectionMissing,
  skipNotAllowed,
  skipUnmarked,
  skipWithoutRationale,
  spawnDeferred,
  spawnMissing,
  spawnUnlinked,
  spawnUnresolved,
  spawnUnwritten,
  stateCommitted,
  stateLeftover,
  subsumptionBroken,
  suppressionUnexplained,
  suppressionUnused,
  tableInvalid,
  templateChanged,
  templateUnknown,
  verdictContradicted,
  verdictEarly,
  verdictInvalid,
  verdictMissing,
  verdictOrphan,
  verdictRepeated,
  verdictShared,
  verdictUndecided,
  verdictUnsupported,
  verificationIncomplete,
]
