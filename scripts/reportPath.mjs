/**
 * Where a suite leaves its report, in vitest's JSON.
 *
 * @param {string} suite name of its npm script
 */
export const reportPath = suite => `test-results/${suite.replace(/\W/g, '-')}.json`
