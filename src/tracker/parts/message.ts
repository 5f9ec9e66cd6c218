/** What the script fetches when somebody listens to what goes wrong. */
export { toMessage } from './toMessage.ts'
