/** @typedef {import('./edits.mjs').Change} Change */

/**
 * Ends statements with a semicolon, so that what is put before and behind them stays apart.
 *
 * @param {import('./parseProgram.mjs').Program} program
 * @returns {Change[]}
 */
export const endStatements = ({ nodes, textOf, isListed }) =>
  nodes
    .filter(node => /^(VariableDeclaration|(Expression|Return|Throw|Break|Continue|DoWhile)Statement)$/.test(node.type) && isListed(node) && !textOf(node).endsWith(';'))
    .map(({ end }) => [[end, end, ';']])

/**
 * Gives each variable a declaration of its own, so that statements can be put between them.
 *
 * @param {import('./parseProgram.mjs').Program} program
 * @returns {Change[]}
 */
export const splitDeclarations = ({ nodes, textOf, isListed }) =>
  nodes
    .filter(node => node.type === 'VariableDeclaration' && node.declarations.length > 1 && isListed(node))
    .map(({ kind, start, end, declarations }) => [
      [start, end, declarations.map((/** @type {import('./parseProgram.mjs').Node} */ each) => `${kind} ${textOf(each)};`).join('\n')],
    ])
