import { join } from 'node:path'

/**
 * Files of a data folder. Log and Sessions are two, so that appending and folding do not wait for each other. Conversations are in
 * neither: they come over the API, and cannot be made again from the log.
 */
export const toDataFiles = (folder: string): { logFile: string; sessionsFile: string; conversationsFile: string } => ({
  logFile: join(folder, 'log.sqlite'),
  sessionsFile: join(folder, 'sessions.sqlite'),
  conversationsFile: join(folder, 'conversations.sqlite'),
})
