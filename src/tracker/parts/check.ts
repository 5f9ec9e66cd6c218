/** What the script fetches to say what is wrong with its options: most pages never do. */
export { checkOptions } from './checkOptions.ts'
