/**
 * Owns the tables, as numbered steps that each run in one transaction. A step that was released is never changed; what
 * comes later is a step of its own. An older program refuses a newer database, so a step may change anything.
 */

import { InquestError } from '../errors.js'
import type { Connection } from './connection.js'
import type { Database } from './driver.js'

/** Says that a file is a concept store: `inqu` as a number. */
const applicationId = 0x69_6e_71_75

const migrations: readonly string[] = [
  `
  -- What is about to happen to store and document together, written before it happens.
  CREATE TABLE operations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    op_key TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('prepared', 'done', 'parked')),
    -- Empty for a store that lies in its repository, else the repository's root.
    repository TEXT NOT NULL,
    -- The document's id, template and path when it was written; NULL where the concepts belong to none.
    document TEXT,
    template TEXT,
    path TEXT,
    -- Of the document when it was read.
    sha256 TEXT,
    -- Why it is parked.
    reason TEXT,
    begun TEXT NOT NULL,
    ended TEXT
  ) STRICT;
  CREATE INDEX operations_open ON operations (state) WHERE state <> 'done';
  CREATE INDEX operations_by_document ON operations (document, template, repository);

  -- What was learned. Ids are given once and never again; pending ones become live when their document lists them.
  CREATE TABLE concepts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    -- The terms of the body, as words.ts reads them; what is searched and compared.
    words TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    -- Hash of operation, ordinal and body: one thing is stored once, whoever asks how often.
    key TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('pending', 'live')),
    operation INTEGER NOT NULL REFERENCES operations (id),
    ordinal INTEGER NOT NULL,
    created TEXT NOT NULL,
    UNIQUE (operation, ordinal),
    UNIQUE (operation, sha256)
  ) STRICT;
  CREATE INDEX concepts_by_hash ON concepts (sha256);
  CREATE INDEX concepts_pending ON concepts (state) WHERE state = 'pending';

  -- Where it was learned; one concept may have several rows.
  CREATE TABLE provenance (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    concept INTEGER NOT NULL REFERENCES concepts (id),
    repository TEXT NOT NULL,
    document TEXT,
    template TEXT,
    path TEXT,
    section TEXT,
    phase TEXT,
    hypothesis TEXT,
    verdict TEXT,
    citation TEXT,
    commit_id TEXT,
    author TEXT,
    at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX provenance_by_concept ON provenance (concept);
  CREATE INDEX provenance_by_document ON provenance (document, template, repository);

  -- Ids that a concept had before it was given another, because a concept of another clone has them too.
  CREATE TABLE former_ids (
    id INTEGER NOT NULL,
    concept INTEGER NOT NULL REFERENCES concepts (id),
    -- 0 until the documents that listed it list the new one.
    followed INTEGER NOT NULL CHECK (followed IN (0, 1)),
    PRIMARY KEY (concept, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX former_ids_open ON former_ids (followed) WHERE followed = 0;

  -- Concepts that say the same or belong together. The one that sums them up is a concept itself; none is merged away.
  CREATE TABLE clusters (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Hash of the members: the same ones are clustered once, though another clone may have summed them up otherwise.
    key TEXT NOT NULL,
    concept INTEGER NOT NULL UNIQUE REFERENCES concepts (id),
    -- The later cluster that holds what this one held; this one is kept and found no more.
    superseded INTEGER REFERENCES clusters (id),
    -- Who wrote the summary.
    method TEXT NOT NULL,
    created TEXT NOT NULL
  ) STRICT;
  CREATE INDEX clusters_by_key ON clusters (key);
  CREATE TABLE cluster_members (
    cluster INTEGER NOT NULL REFERENCES clusters (id),
    concept INTEGER NOT NULL REFERENCES concepts (id),
    score REAL NOT NULL,
    PRIMARY KEY (cluster, concept)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX cluster_members_by_concept ON cluster_members (concept);

  -- All words of all bodies, pending ones too; triggers keep it the same as the table. The terms are made already and
  -- hold no sign that this tokenizer would take out.
  CREATE VIRTUAL TABLE concept_index USING fts5 (words, content = 'concepts', content_rowid = 'id', tokenize = 'ascii');
  CREATE VIRTUAL TABLE concept_terms USING fts5vocab (concept_index, row);
  CREATE TRIGGER concepts_inserted AFTER INSERT ON concepts BEGIN
    INSERT INTO concept_index (rowid, words) VALUES (new.id, new.words);
  END;
  CREATE TRIGGER concepts_deleted AFTER DELETE ON concepts BEGIN
    INSERT INTO concept_index (concept_index, rowid, words) VALUES ('delete', old.id, old.words);
  END;
  CREATE TRIGGER concepts_updated AFTER UPDATE OF id, words ON concepts BEGIN
    INSERT INTO concept_index (concept_index, rowid, words) VALUES ('delete', old.id, old.words);
    INSERT INTO concept_index (rowid, words) VALUES (new.id, new.words);
  END;
  `,
]

export const schemaVersion = migrations.length

interface Found {
  readonly version: number
  readonly application: number
  readonly tables: number
}

function look(database: Database.Database): Found {
  return {
    version: Number(database.pragma('user_version', { simple: true })),
    application: Number(database.pragma('application_id', { simple: true })),
    tables: Number(database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()),
  }
}

/** @throws InquestError `store-newer` or `store-foreign` for a file that this program must leave alone */
function refuseOthers(file: string, { version, application, tables }: Found): void {
  if (application !== applicationId && (application !== 0 || version !== 0 || tables > 0)) {
    throw new InquestError('store-foreign', `${file}: is a database of another program`, { hint: 'Name another file in inquest.yaml under `memory`' })
  }
  if (version > schemaVersion) {
    throw new InquestError('store-newer', `${file}: was written by a newer inquest (tables of version ${version}; this program knows ${schemaVersion})`, { hint: 'Update inquest' })
  }
}

/** Brings the tables up to this program's version, one step in one transaction; does nothing where they are. */
export async function migrate(connection: Connection): Promise<void> {
  for (;;) {
    const found = await connection.read(look)
    refuseOthers(connection.file, found)
    if (found.version === schemaVersion) return
    await connection.write((database) => {
      // Another process may have done it meanwhile.
      const now = look(database)
      refuseOthers(connection.file, now)
      const step = migrations[now.version]
      if (step === undefined) return
      database.exec(step)
      database.pragma(`application_id = ${applicationId}`)
      database.pragma(`user_version = ${now.version + 1}`)
    })
  }
}

/** For readers, which change nothing. @throws InquestError also for an older file, and `store-missing` for one whose making was broken off */
export function ensureReadable(file: string, database: Database.Database): void {
  const found = look(database)
  refuseOthers(file, found)
  if (found.version === 0 && found.tables === 0) {
    throw new InquestError('store-missing', `${file}: there is no concept store yet; who was making it did not come to an end`, { hint: 'The next `inquest close` or `inquest memory ingest` makes it' })
  }
  if (found.version < schemaVersion) {
    throw new InquestError('store-older', `${file}: was written by an older inquest (tables of version ${found.version}; this program reads ${schemaVersion})`, { hint: 'Run `inquest memory check`, which brings it up to date' })
  }
}
