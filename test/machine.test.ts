/** The machine against a model of it: random events, and what must hold after each of them. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDocument } from '../src/document/document.js'
import { loadMarkdown } from '../src/document/markdown.js'
import { openFrontmatter } from '../src/document/frontmatter-edit.js'
import type { Machine } from '../src/template/template.js'
import { applyEdits } from '../src/text/edit.js'
import { foldLedger } from '../src/workflow/ledger.js'
import type { LedgerEntry, LedgerState } from '../src/workflow/ledger.js'
import type { WorkflowEvent } from '../src/workflow/machine.js'
import { transition } from '../src/workflow/machine.js'

/** A machine of some phases, one of which may register. */
function machineOf(count: number, registering: number | undefined): Machine {
  return {
    statusField: 'status',
    statuses: new Map([
      ['active', 'open'],
      ['complete', 'closed'],
    ]),
    phaseField: 'phase',
    historyField: 'history',
    closedIn: new Set([`p${count - 1}`]),
    phases: Array.from({ length: count }, (_, index) => ({ name: `p${index}`, aliases: [], index, registers: index === registering, gate: new Set<string>(), summary: undefined })),
  }
}

interface Step {
  readonly event: WorkflowEvent
  readonly blockers: number
  readonly digest: string | undefined
}

const why = fc.constantFrom('because', 'it: "came" back #1', "- 'quoted'", '並行')
const events: fc.Arbitrary<WorkflowEvent> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<WorkflowEvent>({ type: 'advance' }) },
  { weight: 2, arbitrary: fc.constant<WorkflowEvent>({ type: 'close' }) },
  { weight: 2, arbitrary: fc.tuple(why, fc.option(fc.constantFrom('p0', 'p1', 'p2', 'nowhere'), { nil: undefined })).map(([reason, to]): WorkflowEvent => ({ type: 'reopen', why: reason, ...(to !== undefined && { to }) })) },
  { weight: 1, arbitrary: why.map((reason): WorkflowEvent => ({ type: 'amend', why: reason })) },
)
const steps = fc.array(fc.record({ event: events, blockers: fc.constantFrom(0, 0, 0, 2), digest: fc.constantFrom('aaaa', 'bbbb', undefined) }), { maxLength: 25 })
const machines = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined })).map(([count, registering]) => machineOf(count, registering))

/** The model: a phase number, a flag, and the digest that counts. */
interface Model {
  phase: number
  closed: boolean
  registered: string | undefined
}

function modelStep(model: Model, { event, blockers, digest }: Step, machine: Machine): Model | undefined {
  const last = machine.phases.length - 1
  const registering = machine.phases.findIndex((phase) => phase.registers)
  switch (event.type) {
    case 'advance': {
      if (model.closed || model.phase === last || blockers > 0) return undefined
      const phase = model.phase + 1
      return { ...model, phase, registered: phase === registering && digest !== undefined ? digest : model.registered }
    }
    case 'close':
      return model.closed || model.phase !== last || blockers > 0 ? undefined : { ...model, closed: true }
    case 'reopen': {
      const phase = event.to === undefined ? model.phase : machine.phases.findIndex((one) => one.name === event.to)
      if (phase === -1 || phase > model.phase || (!model.closed && phase === model.phase)) return undefined
      return { phase, closed: false, registered: registering !== -1 && phase < registering ? undefined : model.registered }
    }
    case 'amend':
      return model.closed || model.registered === undefined || digest === undefined || digest === model.registered ? undefined : { ...model, registered: digest }
  }
}

function view(state: LedgerState): Model {
  return { phase: state.phase.index, closed: state.closed, registered: state.registered }
}

function run(machine: Machine, taken: readonly Step[]): { state: LedgerState; model: Model; entries: LedgerEntry[] } {
  const [first] = machine.phases
  if (first === undefined) throw new Error('a machine has phases')
  let state: LedgerState = { phase: first, closed: false, registered: undefined }
  let model: Model = { phase: 0, closed: false, registered: undefined }
  const entries: LedgerEntry[] = [{ event: 'start', phase: first.name, at: '2026-01-01T00:00:00Z' }]
  for (const [index, step] of taken.entries()) {
    const at = new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString().replace('.000', '')
    const result = transition(machine, state, step.event, { at, by: 'A: b', commit: undefined, hypotheses: step.digest, evidence: 'none', blockers: step.blockers })
    const expected = modelStep(model, step, machine)
    expect(result.kind, JSON.stringify(step)).toBe(expected === undefined ? 'refused' : 'moved')
    if (result.kind === 'refused') {
      expect(result.reason).not.toBe('')
      expect(result.blocked).toBe(step.blockers > 0 && ['advance', 'close'].includes(step.event.type) && result.reason.includes('keep'))
      continue
    }
    if (expected === undefined) continue
    state = result.to
    model = expected
    entries.push(result.entry)
    expect(view(state)).toEqual(model)
  }
  return { state, model, entries }
}

describe('the machine', () => {
  test('does what the model does, and its history folds to its state', () => {
    fc.assert(
      fc.property(machines, steps, (machine, taken) => {
        const { state, entries } = run(machine, taken)
        const folded = foldLedger(entries.map((entry) => ({ ...entry })), machine)
        expect(folded.faults).toEqual([])
        expect(folded.state === undefined ? undefined : view(folded.state)).toEqual(view(state))
        expect(foldLedger(entries.map((entry) => ({ ...entry })), machine)).toEqual(folded)
      }),
      { numRuns: 500 },
    )
  })

  test('closes no document while anything blocks it', () => {
    fc.assert(
      fc.property(machines, steps, (machine, taken) => {
        const blocked = taken.map((step) => ({ ...step, blockers: Math.max(1, step.blockers) }))
        expect(run(machine, blocked).state.closed).toBe(false)
      }),
    )
  })

  test('a history that was cut, doubled or reordered folds to faults or to another state, never to an exception', () => {
    fc.assert(
      fc.property(machines, steps, fc.array(fc.nat()), (machine, taken, picks) => {
        const { entries } = run(machine, taken)
        const shuffled = picks.map((pick) => entries[pick % entries.length] ?? null)
        const folded = foldLedger(shuffled.map((entry) => (entry === null ? null : { ...entry })), machine)
        expect(folded.entries.length).toBeLessThanOrEqual(shuffled.length)
      }),
    )
  })
})

describe('recording in the frontmatter', () => {
  const forms = fc.constantFrom(
    '---\nstatus: active\nphase: p0 # now\nlist: [1, 2]\n---\n# A\n',
    '---\r\nstatus: "active"\r\nphase: \'p0\'\r\nhistory:\r\n---\r\n# A\r\n',
    '---\nstatus: active\nhistory: []\nphase: p0\n...\n# A\n',
    '---\nhistory:\n- event: start\n  phase: p0\n  at: 2026-01-01T00:00:00Z\nstatus: active\nphase: p0\n---\n# A\n',
    '---\nphase: p0\nhistory:\n    - { event: start, phase: p0, at: "2026-01-01T00:00:00Z" }\n\nstatus: active\n---\n# A\n',
    '---\nphase:\nstatus: active\nhistory: [{ event: start, phase: p0, at: 2026-01-01T00:00:00Z }]\n---\n',
  )

  test('keeps every byte that it need not change, and is read back as it was written', async () => {
    const engine = await loadMarkdown()
    await fc.assert(
      fc.asyncProperty(forms, machines, steps, async (form, machine, taken) => {
        const { entries, state } = run(machine, taken)
        const begun = foldLedger(parseDocument(form, engine).data['history'], machine).entries.length
        let text: string = form
        for (const entry of entries.slice(begun)) {
          const editor = await openFrontmatter(parseDocument(text, engine))
          if (editor === undefined) throw new Error('the form has frontmatter')
          const edits = [...editor.append('history', { ...entry }), ...editor.set('phase', entry.phase), ...editor.additions()]
          text = applyEdits(text, edits)
        }
        const read = parseDocument(text, engine)
        expect(read.frontmatter.kind, text).toBe('read')
        const folded = foldLedger(read.data['history'], machine)
        expect(folded.faults).toEqual([])
        expect(folded.entries).toEqual(entries)
        expect(folded.state === undefined ? undefined : view(folded.state)).toEqual(view(state))
        expect(text.includes('\r\n') ? text.replaceAll('\r\n', '').includes('\n') : text.includes('\r')).toBe(false)
        expect(text.endsWith(form.slice(form.lastIndexOf('# A')))).toBe(true)
        expect(parseDocument(text, engine).data['status']).toBe('active')
      }),
      { numRuns: 150 },
    )
  })
})
