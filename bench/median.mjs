/**
 * The value below which a share of all values lies.
 *
 * @param {readonly number[]} values
 * @param {number} share from 0 to 1
 */
export const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN

/** @param {readonly number[]} values */
export const median = values => percentile(values, 0.5)
