/** Where GitHub starts the action. */
import { runAction, version } from './inquest.mjs'

process.exitCode = await runAction(version)
