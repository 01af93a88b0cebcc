/** Owns the list of built-in templates. Written by scripts/generate-templates.mjs from templates/. */

import type { TemplateListing } from './listing.js'

export const builtinTemplates: readonly TemplateListing[] = [
  {
    "file": "architecture_decision_record.md",
    "name": "architecture_decision_record",
    "version": "1.1",
    "accepts": [
      "1"
    ],
    "unversioned": true,
    "idFields": [
      "adr_id",
      "id"
    ],
    "tracked": true
  },
  {
    "file": "implementation_plan.md",
    "name": "implementation_plan",
    "version": "2.0",
    "accepts": [
      "1",
      "2"
    ],
    "unversioned": true,
    "idFields": [
      "id",
      "backlog_id"
    ],
    "tracked": true
  },
  {
    "file": "investigation-1.md",
    "name": "investigation",
    "version": "1.2",
    "accepts": [
      "1"
    ],
    "unversioned": true,
    "idFields": [
      "backlog_id",
      "id"
    ],
    "tracked": false
  },
  {
    "file": "investigation-explore-first.md",
    "name": "investigation-explore-first",
    "version": "1.0",
    "accepts": [
      "1.0"
    ],
    "unversioned": false,
    "idFields": [
      "backlog_id",
      "id"
    ],
    "tracked": false
  },
  {
    "file": "investigation-lite.md",
    "name": "investigation-lite",
    "version": "1.0",
    "accepts": [
      "1.0"
    ],
    "unversioned": false,
    "idFields": [
      "backlog_id",
      "id"
    ],
    "tracked": false
  },
  {
    "file": "investigation.md",
    "name": "investigation",
    "version": "2.0",
    "accepts": [
      "2"
    ],
    "unversioned": false,
    "idFields": [
      "backlog_id",
      "id"
    ],
    "tracked": false
  },
  {
    "file": "postmortem.md",
    "name": "postmortem",
    "version": "1.0",
    "accepts": [
      "1.0"
    ],
    "unversioned": false,
    "idFields": [
      "id"
    ],
    "tracked": false
  },
  {
    "file": "work_item-1.md",
    "name": "work_item",
    "version": "1.0",
    "accepts": [
      "1"
    ],
    "unversioned": false,
    "idFields": [
      "id"
    ],
    "tracked": true
  },
  {
    "file": "work_item.md",
    "name": "work_item",
    "version": "2.0",
    "accepts": [
      "2"
    ],
    "unversioned": true,
    "idFields": [
      "id"
    ],
    "tracked": true
  }
]
