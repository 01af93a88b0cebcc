/**
 * Uses the extension in VS Code as a person does: code-server with the VSIX in it, browsed by Chromium. `--screenshots <folder>`
 * keeps what was seen, `--no-install` takes only what is there. Prints a line for each thing that was tried, and `skipped: why`
 * where the machine lacks what it needs.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { findChromium, findCodeServer, startCodeServer } from './code-server.mjs'

const project = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { screenshots: { type: 'string' }, 'no-install': { type: 'boolean' } } })
/** Longer than that and something hangs. */
const longest = 30_000
const name = 'INVESTIGATION-INV-001-nightly-export-loses-rows.md'

const mayInstall = values['no-install'] !== true
const browserProgram = findChromium(mayInstall)
const found = browserProgram === undefined ? { why: `Chromium is not installed${mayInstall ? ', and apt-get could not install it' : '; npm run vscode does'}` } : findCodeServer(mayInstall)
if ('why' in found) {
  console.log(`skipped: ${found.why}`)
  process.exit(0)
}

const scratch = mkdtempSync(path.join(tmpdir(), 'inquest-vscode-'))
const workspace = path.join(scratch, 'nightly-export')
const file = path.join(workspace, 'docs', name)
let faults = 0
let page
let number = 0

async function shot(what) {
  if (values.screenshots === undefined) return
  mkdirSync(values.screenshots, { recursive: true })
  await page.screenshot({ path: path.join(values.screenshots, `${String(++number).padStart(2, '0')}-${what}.png`) })
}

async function step(what, work) {
  try {
    await work()
    console.log(`ok    ${what}`)
  } catch (error) {
    faults++
    console.log(`FAIL  ${what}: ${error instanceof Error ? error.message.split('\n').slice(0, 6).join('\n      ') : error}`)
    // What VS Code said meanwhile is in its bell.
    await page.locator('.statusbar-item[id="status.notifications"]').click({ timeout: 2000 }).catch(() => undefined)
    const said = await page.locator('.notification-list-item-message').allTextContents().catch(() => [])
    if (said.length > 0) console.log(`      VS Code said: ${said.join(' | ')}`)
    await shot('failed')
    await page.keyboard.press('Escape')
  }
}

async function until(what, holds) {
  const end = Date.now() + longest
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what} did not come about`)
    await new Promise((resolve) => {
      setTimeout(resolve, 100)
    })
  }
}

const onDisk = () => readFileSync(file, 'utf8')
const see = (selector, text) => page.locator(selector, text === undefined ? {} : { hasText: text }).first().waitFor({ state: 'visible', timeout: longest })

const shows = (locator, timeout) => locator.first().waitFor({ state: 'visible', timeout }).then(() => true, () => false)

/** Chooses a command from the palette, which closes again where a page that still settles takes the focus back. */
async function choose(command) {
  for (let turn = 1; ; turn++) {
    await page.keyboard.press('F1')
    try {
      await page.locator('.quick-input-widget input').first().fill(`>${command}`, { timeout: longest / 4 })
      await page.locator('.quick-input-list .monaco-list-row', { hasText: command }).first().click({ timeout: longest / 4 })
      return
    } catch (error) {
      if (turn === 4) throw error
      await page.keyboard.press('Escape')
    }
  }
}

async function goToLine(line) {
  await page.keyboard.press('Control+g')
  await see('.quick-input-widget input')
  await page.keyboard.type(String(line))
  await page.keyboard.press('Enter')
}

/** Chooses an action from the menu, and again where nothing came of it: it is asked of the server anew each time, which may be at work on what was typed last. */
async function act(title, [selector, text]) {
  const outcome = page.locator(selector, { hasText: text })
  for (let turn = 0; turn < 4; turn++) {
    await page.keyboard.press('Control+.')
    const offered = page.locator('.action-widget .monaco-list-row.action')
    if (await shows(offered.filter({ hasText: title }), longest / 4)) {
      const rows = await offered.count()
      for (let row = 0; row < rows; row++) {
        if ((await page.locator('.action-widget .monaco-list-row.focused', { hasText: title }).count()) > 0) break
        await page.keyboard.press('ArrowDown')
      }
      await shot('actions')
      await page.keyboard.press('Enter')
      if (await shows(outcome, longest / 2)) return
    }
    await page.keyboard.press('Escape')
    if (await shows(outcome, 100)) return
  }
  throw new Error(`Nothing came of "${title}"`)
}

/** A document in its second phase that lacks a section of its first. */
function prepare() {
  const sample = readFileSync(path.join(project, 'examples', name), 'utf8')
  const open = sample
    .replace('status: complete', 'status: active')
    .replace('lifecycle_phase: conclude', 'lifecycle_phase: explore')
    .replace('memory_refs: [101, 102]', 'memory_refs: []')
    .replace('- [x] **memory_refs', '- [ ] **memory_refs')
    .replace(/## Objective\n[\s\S]*?(?=## Scope)/u, '')
  mkdirSync(path.dirname(file), { recursive: true })
  cpSync(path.join(project, 'examples/src'), path.join(workspace, 'src'), { recursive: true })
  writeFileSync(path.join(workspace, 'inquest.yaml'), '')
  writeFileSync(path.join(workspace, 'docs/WORK-002.md'), "---\ntemplate: work_item\nid: WORK-002\ntitle: Read pages by key\nstatus: active\nspawned_by: INV-001\nversion: '1.0'\n---\n# WORK-002\n\n## Context\n\nDeletes shift the pages.\n")
  writeFileSync(file, open)
  const git = (...args) => spawnSync('git', ['-C', workspace, '-c', 'user.name=a', '-c', 'user.email=a@example.invalid', ...args])
  git('init', '-q')
  git('add', '.')
  git('commit', '-qm', 'Start')
}

let server
let browser
try {
  const vsix = path.join(scratch, 'inquest.vsix')
  const packed = spawnSync(process.execPath, [path.join(project, 'scripts/vscode-package.mjs'), '--out', vsix], { encoding: 'utf8' })
  if (packed.status !== 0) throw new Error(`${packed.stdout}${packed.stderr}`)
  prepare()
  server = await startCodeServer(found.entry, vsix, path.join(scratch, 'home'))
  browser = await chromium.launch({
    executablePath: spawnSync('which', [browserProgram], { encoding: 'utf8' }).stdout.trim(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  })
  page = await browser.newPage({ viewport: { width: 1400, height: 840 } })
  await page.goto(`${server.address}?folder=${encodeURIComponent(workspace)}`)

  await step('a folder that is not trusted is left alone', async () => {
    await see('.explorer-viewlet', 'docs')
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'docs' }).first().click()
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first().dblclick()
    await see('.view-lines', 'Nightly export')
    await page.locator('.activitybar .action-item', { has: page.locator('[aria-label^="Inquest"]') }).first().click()
    await see('.pane-body', 'once you trust this folder')
    if ((await page.locator('.squiggly-error').count()) > 0) throw new Error('Something was checked')
    await shot('untrusted')
  })
  await step('once it is trusted, findings stand in the text', async () => {
    await page.getByRole('button', { name: 'Manage Workspace Trust' }).first().click()
    await page.locator('.workspace-trust-editor').getByText('Trust', { exact: true }).first().click()
    await page.locator('.tab', { hasText: name }).first().click()
    await see('.squiggly-error')
    await shot('squiggles')
  })
  await step('the status bar tells the phase and what is in the way', () => see('.statusbar-item', 'explore: 1 blocker'))
  await step('the view shows the investigation, its hypotheses and its blockers', async () => {
    await see('.tree-explorer-viewlet-tree-view', 'EXPLORE')
    // Wide enough to read it.
    await page.mouse.move(348, 500)
    await page.mouse.down()
    await page.mouse.move(470, 500, { steps: 5 })
    await page.mouse.up()
    const document = page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: 'INV-001 Nightly export loses rows' }).first()
    await document.waitFor({ timeout: longest })
    await document.locator('.monaco-tl-twistie').click()
    await see('.tree-explorer-viewlet-tree-view .monaco-list-row', 'H1 confirmed: 2 for, 0 against')
    await see('.tree-explorer-viewlet-tree-view .monaco-list-row', 'H2 refuted: 0 for, 1 against')
    await see('.tree-explorer-viewlet-tree-view .monaco-list-row', 'The section "Objective" is missing')
    await shot('view')
  })
  await step('the problems list the finding once', async () => {
    await page.keyboard.press('Control+Shift+m')
    await see('.markers-panel', 'The section "Objective" is missing')
    const rows = await page.locator('.markers-panel .monaco-list-row', { hasText: 'section-missing' }).count()
    if (rows !== 1) throw new Error(`It stands ${rows} times`)
    await shot('problems')
  })
  await step('a quick fix writes the missing section', async () => {
    await page.locator('.markers-panel .monaco-list-row', { hasText: 'section-missing' }).first().dblclick()
    await page.mouse.move(700, 20)
    await act('Insert the section "Objective"', ['.view-line', '[The one question that this inquiry answers]'])
    await page.keyboard.press('Control+s')
    await until('The section in the file', () => onDisk().includes('## Objective\n\n**Question:** [The one question that this inquiry answers]\n'))
    await see('.markers-panel', 'section-empty')
  })
  await step('what the person writes settles it', async () => {
    const line = onDisk().split('\n').findIndex((one) => one.startsWith('**Question:** [')) + 1
    await goToLine(line)
    await page.keyboard.press('Home')
    await page.keyboard.press('Shift+End')
    // Typed sign by sign, the editor would close the marks a second time.
    await page.keyboard.insertText('**Question:** Which rows does the export lose?')
    await page.keyboard.press('Control+s')
    await see('.statusbar-item', 'explore: ready for conclude')
    await shot('ready')
  })
  await step('a code action takes it to its next phase', async () => {
    await goToLine(onDisk().split('\n').findIndex((one) => one.startsWith('# ')) + 1)
    await act('Advance INV-001 to conclude', ['.statusbar-item', 'conclude:'])
    await page.keyboard.press('Control+s')
    await until('The phase in the file', () => /^lifecycle_phase: conclude$/mu.test(onDisk()))
    if (!/^phase_history:\n *- event: advance\n *phase: conclude$/mu.test(onDisk())) throw new Error('The history does not say so')
    await see('.tree-explorer-viewlet-tree-view', 'CONCLUDE')
    await shot('advanced')
  })
  await step('closing, which would store what was learned, says what it lacks', async () => {
    await choose('Inquest: Close the Investigation')
    await see('.notifications-toasts', 'cannot open a concept store')
    await shot('no-store')
    if (!/^status: active$/mu.test(onDisk())) throw new Error('It was closed')
    await page.locator('.notifications-toasts .codicon-notifications-clear').first().click()
  })
  await step('the status bar offers what comes next', async () => {
    await page.locator('.statusbar-item', { hasText: 'conclude:' }).first().click()
    await see('.quick-input-list .monaco-list-row', 'Spawn a follow-up')
    await shot('next')
    await page.keyboard.press('Escape')
  })
  await step('a new investigation is a file and is opened', async () => {
    await choose('Inquest: New Investigation')
    await see('.quick-input-list .monaco-list-row', 'Investigation')
    await shot('templates')
    await page.keyboard.press('Enter')
    await see('.quick-input-title', 'New investigation')
    await page.keyboard.type('Crash on concurrent ingest')
    await page.keyboard.press('Enter')
    const created = path.join(workspace, 'docs/investigations/INVESTIGATION-INV-002-crash-on-concurrent-ingest.md')
    await until('The file', () => existsSync(created) && readFileSync(created, 'utf8').includes('# Investigation: Crash on concurrent ingest'))
    await see('.tab', 'INVESTIGATION-INV-002')
    await see('.statusbar-item', 'hypothesize:')
    await see('.tree-explorer-viewlet-tree-view', 'INV-002 Crash on concurrent ingest')
    await shot('created')
  })
  await step('what is refused is shown at its place', async () => {
    await choose('Inquest: Advance to the Next Phase')
    await see('.quick-input-title', 'INV-002: advance')
    await shot('refused')
    await page.keyboard.press('Enter')
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: longest })
  })
  await step('the task checks the folder, and nothing is listed twice', async () => {
    writeFileSync(path.join(workspace, 'docs/broken.md'), onDisk().replace('INV-001', 'INV-009').replace('**REFUTED**', 'perhaps'))
    await see('.markers-panel', 'verdict-invalid').catch(async () => {
      await page.keyboard.press('Control+Shift+m')
      await see('.markers-panel', 'verdict-invalid')
    })
    await choose('Inquest: Check Workspace')
    await see('.terminal-wrapper, .terminal-outer-container')
    await see('.terminal-outer-container', 'in 4 documents')
    await shot('task')
    await page.keyboard.press('Control+Shift+m')
    await see('.markers-panel', 'verdict-invalid')
    const rows = await page.locator('.markers-panel .monaco-list-row', { hasText: 'verdict-invalid' }).count()
    if (rows !== 1) throw new Error(`A finding stands ${rows} times`)
    await shot('checked')
  })
  const typed = path.join(workspace, 'docs/typed.md')
  const sample = readFileSync(path.join(project, 'examples', name), 'utf8').replaceAll('INV-001', 'INV-005').replace('status: complete', 'status: active')
  const list = page.locator('.suggest-widget.visible')
  /** Types keys on an empty line that is put before a text, then Enter, and answers what is in the file once it is saved. */
  async function typeBefore(wanted, keys) {
    const at = sample.indexOf(wanted)
    if (at === -1) throw new Error(`The sample does not hold ${wanted}`)
    const prepared = `${sample.slice(0, at)}\n${sample.slice(at)}`
    const tab = page.locator('.tab', { hasText: 'typed.md' }).first()
    const isSaved = async () => (await page.locator('.tab.dirty', { hasText: 'typed.md' }).count()) === 0
    await until('The saved document', isSaved)
    writeFileSync(typed, prepared)
    await tab.click()
    // Pasted, it would be indented line by line; a file that was written in the same moment is not seen to be newer.
    await new Promise((resolve) => {
      setTimeout(resolve, 1000)
    })
    await choose('File: Revert File')
    await until('The text of the file', isSaved)
    await goToLine(sample.slice(0, at).split('\n').length)
    let seen = false
    for (const key of keys) {
      await page.keyboard.type(key)
      // A list takes its time; once there is one, Enter takes what it offers.
      seen = await shows(list, 1500)
    }
    await shot(`typed-${keys.join('').replaceAll(/\W/gu, '_')}`)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+s')
    await until('What was typed', async () => !['', prepared].includes(readFileSync(typed, 'utf8')) && (await isSaved()))
    return { seen, text: readFileSync(typed, 'utf8'), plain: `${sample.slice(0, at)}${keys.join('')}\n\n${sample.slice(at)}` }
  }
  await step('another investigation is opened from the view', async () => {
    writeFileSync(typed, sample)
    const opened = page.locator('.tab.active', { hasText: 'typed.md' })
    // A row that the view is about to replace leads nowhere.
    for (let turn = 0; turn < 4 && !(await shows(opened, longest / 8)); turn++) await page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: 'INV-005' }).first().click({ timeout: longest, position: { x: 90, y: 10 } })
    await see('.tab.active', 'typed.md')
  })
  for (const [what, wanted, keys] of [
    ['below a table', '\n### Detailed Findings', ['-']],
    ['in prose', '**Analysis:** A page', ['-']],
    ['in prose behind words', '**Analysis:** A page', ['s', 'o', ' ', '-']],
    ['as a bullet of its own', '- The loss was first seen', ['-']],
    ['as a bullet with a blank', '- The loss was first seen', ['-', ' ']],
  ]) {
    await step(`a dash and Enter are what was typed: ${what}`, async () => {
      const { seen, text, plain } = await typeBefore(wanted, keys)
      if (seen) throw new Error('A list opened')
      if (text !== plain) throw new Error(`The text is ${JSON.stringify(text.slice(Math.max(0, sample.indexOf(wanted) - 40), sample.indexOf(wanted) + 160))}`)
    })
  }
  await step('a stroke below a table offers its next row', async () => {
    const { seen, text } = await typeBefore('\n### Detailed Findings', ['|'])
    if (!seen || !text.includes('| High |\n| [Hypothesis] | [Confirmed/Refuted/Inconclusive] | [The rows that decide it] | [High/Medium/Low] |\n\n### Detailed Findings')) throw new Error(`The text is ${JSON.stringify(text.slice(sample.indexOf('| H2 | **REF'), sample.indexOf('### Detailed') + 200))}`)
    rmSync(typed)
  })
  await step('the page of a rule opens', async () => {
    await choose('Inquest: Show the Page of a Rule')
    await see('.quick-input-title', 'The page of which rule?')
    await page.keyboard.type('verdict-missing')
    await see('.quick-input-list .monaco-list-row.focused', 'verdict-missing')
    await page.keyboard.press('Enter')
    await see('.tab', 'verdict-missing')
    await until('The page', async () => (await Promise.all(page.frames().map((frame) => frame.locator('h1', { hasText: 'verdict-missing' }).count().catch(() => 0)))).some((count) => count > 0))
    await shot('rule')
  })
  await step('the output tells which inquest serves', async () => {
    await choose('Inquest: Show Output')
    await see('.output-view, .panel .editor-instance', 'the one in the extension')
    await shot('output')
  })
  await step('the walkthrough is there', async () => {
    await choose('Welcome: Open Walkthrough')
    await see('.quick-input-list .monaco-list-row', 'Get Started with Inquest')
    await page.keyboard.type('Get Started with Inquest')
    await page.keyboard.press('Enter')
    await see('.gettingStartedContainer', 'Say what you expect before you look')
    await shot('walkthrough')
  })
  await step("the workspace's own inquest serves once it is there, and closing stores what was learned", async () => {
    mkdirSync(path.join(workspace, 'node_modules'))
    symlinkSync(project, path.join(workspace, 'node_modules/inquest'))
    await choose('Inquest: Restart Server')
    const logs = path.join(scratch, 'home/data/logs')
    await until("The workspace's own", () => readdirSync(logs, { recursive: true, encoding: 'utf8' }).some((one) => one.endsWith('Inquest.log') && /the workspace's own[^]* is running/u.test(readFileSync(path.join(logs, one), 'utf8'))))
    // A row that the new server is about to replace leads nowhere any more.
    for (let turn = 1; ; turn++) {
      await page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: 'INV-001' }).first().click()
      if (await shows(page.locator('.statusbar-item', { hasText: 'conclude: ready to close' }), longest / 4)) break
      if (turn === 4) throw new Error('The row of INV-001 did not open it')
    }
    await choose('Inquest: Close the Investigation')
    await until('The end of it', () => /^status: complete$/mu.test(onDisk()) && /^memory_refs: \[\d/mu.test(onDisk()))
    await shot('closed')
  })
  if (values.screenshots !== undefined) {
    const logs = readdirSync(path.join(scratch, 'home/data'), { recursive: true, encoding: 'utf8' }).filter((one) => /Inquest\.log$|remoteexthost\.log$/u.test(one))
    for (const log of logs) cpSync(path.join(scratch, 'home/data', log), path.join(values.screenshots, log.replaceAll(path.sep, '_')))
  }
} catch (error) {
  faults++
  console.log(`FAIL  ${error instanceof Error ? error.message : error}`)
} finally {
  await browser?.close()
  server?.end()
  rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
}
process.exitCode = faults > 0 ? 1 : 0
