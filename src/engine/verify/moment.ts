/** Owns when a citation was true: the commit that brought it, the one of its document's day, or the one it was bound to. */

import type { Version } from '../../evidence/history.js'
import { versionsOf } from '../../evidence/history.js'
import type { GitRepository } from '../git-repository.js'
import type { Asked, Moment, Work } from './question.js'

/** Versions of a document looked through for the one that brought a citation. */
const mostVersions = 200

export function findMoments(repository: GitRepository, questions: readonly Asked[]): Work[] {
  const documents = new Set(questions.map((asked) => asked.document))
  const log = repository.log([...documents])
  const versions = new Map<string, readonly Version[]>()
  for (const document of documents) {
    if (repository.files.has(document)) versions.set(document, log === undefined ? [] : versionsOf(document, log, repository.renames).slice(0, mostVersions))
  }
  repository.objects.load([...versions.values()].flatMap((of) => of.map((version) => version.blob)))
  const byDay = new Map<string, Moment | undefined>()
  return questions.map((asked): Work => {
    const { pin } = asked
    if (pin !== undefined) return { asked, moment: { commit: pin.commit, time: 0, how: 'pin' }, doubt: undefined, base: undefined, cited: undefined }
    const of = versions.get(asked.document)
    const introduced = of === undefined ? undefined : introducedBy(asked, of, repository)
    if (introduced !== undefined) return { asked, ...momentOf(introduced.version, of?.at(-1) === introduced.version, asked, repository), ...(introduced.before === 'withheld' && { doubt: 'partial' }), base: undefined, cited: undefined }
    // Where the past of the document cannot be read, the working tree is all there is to hold its citations against.
    if (log === undefined && of !== undefined) return { asked, moment: 'now', doubt: 'partial', base: undefined, cited: undefined }
    // What is not committed yet was written with the working tree in view, unless the document says that it is older.
    const { day } = asked
    if (of !== undefined || day === undefined) return { asked, moment: 'now', doubt: undefined, base: undefined, cited: undefined }
    if (!byDay.has(day)) {
      const commit = repository.commitBefore(day)
      byDay.set(day, commit === undefined ? undefined : { commit: commit.id, time: commit.time, how: 'date' })
    }
    const dated = byDay.get(day)
    if (dated === undefined) return { asked, moment: repository.shallow ? 'now' : 'before', doubt: repository.shallow ? 'shallow' : undefined, base: undefined, cited: undefined }
    return { asked, moment: dated.commit === repository.tip ? 'now' : dated, doubt: undefined, base: undefined, cited: undefined }
  })
}

interface Introduced {
  readonly version: Version
  /** Whether the version before it can be read; one that cannot may hold the citation as well. */
  readonly before: 'read' | 'withheld'
}

/** The oldest version from the present one back that holds the citation; undefined where not even that one does. */
function introducedBy({ written, source }: Asked, versions: readonly Version[], { objects }: GitRepository): Introduced | undefined {
  let found: Version | undefined
  for (const version of versions) {
    const text = objects.text(version.blob)
    if (text === undefined) return found === undefined ? undefined : { version: found, before: 'withheld' }
    if (!text.includes(source) || !text.includes(written)) break
    found = version
  }
  return found === undefined ? undefined : { version: found, before: 'read' }
}

function momentOf({ commit }: Version, first: boolean, { day }: Asked, { shallow }: GitRepository): Pick<Work, 'moment' | 'doubt'> {
  // A document that the first commit holds may be of any age, and of its date where that is earlier.
  const older = first && commit.parents.length === 0 && (shallow || (day !== undefined && Date.parse(`${day}T23:59:59Z`) / 1000 < commit.time - 86_400))
  const moment: Moment = { commit: commit.id, time: commit.time, how: older ? 'oldest' : 'introduced' }
  return { moment, doubt: older ? (shallow ? 'shallow' : 'older') : undefined }
}
