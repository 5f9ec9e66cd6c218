/** @typedef {{ scenario: string, trials: number, sent: number, once: number, lost: number, doubled: number, limit?: string, cut?: number }} FaultResult */

const cutNote = 'Chromium ends a page half a second after it was closed, whatever still runs: a trial in which that happened is cut short, and was done again.'

/** @param {FaultResult} result */
const toRow = ({ scenario, trials, sent, once, lost, doubled, limit, cut }) =>
  `| ${scenario}${limit ? ` (${limit})` : ''} | ${trials}${cut ? `, and ${cut} cut short` : ''} | ${sent.toLocaleString('en')} | ${once.toLocaleString('en')} | ${lost} | ${doubled} |`

/**
 * The results of the fault suite as a table, in the order of the alphabet.
 *
 * @param {FaultResult[]} results
 * @param {string} date of the run
 */
export const toFaultTable = (results, date) =>
  [
    `Measured on ${date} in Chromium, by \`npm run test:faults\`.${results.some(({ cut }) => cut) ? ` ${cutNote}` : ''}`,
    '',
    '| What happens | Trials | Events | Stored once | Lost | Doubled |',
    '| --- | --- | --- | --- | --- | --- |',
    ...results.sort((a, b) => (a.scenario < b.scenario ? -1 : 1)).map(toRow),
  ].join('\n')
