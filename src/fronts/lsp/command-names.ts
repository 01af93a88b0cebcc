/** Owns the names of the commands that clients may ask for; they are part of what others depend on. */

export const commandNames = {
  advance: 'inquest.advance',
  close: 'inquest.close',
  reopen: 'inquest.reopen',
  amend: 'inquest.amend',
  spawn: 'inquest.spawn',
  create: 'inquest.new',
  showBlockers: 'inquest.showBlockers',
  status: 'inquest.status',
  list: 'inquest.list',
  templates: 'inquest.templates',
  rules: 'inquest.rules',
} as const
