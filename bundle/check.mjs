#!/usr/bin/env node
/** Where pre-commit starts `inquest check`, in a checkout of which nothing is installed. */
import { runCheck } from './inquest.mjs'

process.exitCode = await runCheck(process.argv.slice(2))
