import { join } from 'node:path'

/** Files of a data folder. Two, so that appending to the log and writing Sessions do not wait for each other. */
export const toDataFiles = (folder: string): { logFile: string; sessionsFile: string } => ({
  logFile: join(folder, 'log.sqlite'),
  sessionsFile: join(folder, 'sessions.sqlite'),
})
