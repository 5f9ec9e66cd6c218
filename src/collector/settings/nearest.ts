/** Letters to add, remove, replace or swap with their neighbour to make one word of the other (Damerau and Levenshtein). */
const distance = (a: string, b: string): number => {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const replaced = rows[i - 1]![j - 1]! + Number(a[i - 1] !== b[j - 1])
      row.push(Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, replaced, isSwapped ? rows[i - 2]![j - 2]! + 1 : Infinity))
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}

/** Letters that may be wrong in a typo: more than that is another word. */
const mostTypos = (word: string): number => Math.max(1, Math.floor(word.length / 3))

/** The word that was probably meant; undefined when none is like it. */
export const nearest = (word: string, words: readonly string[]): string | undefined => {
  const [best] = words.map(entry => ({ entry, typos: distance(word.toLowerCase(), entry.toLowerCase()) })).sort((a, b) => a.typos - b.typos)
  return best && best.typos <= mostTypos(word) ? best.entry : undefined
}

/** Says which name was given, and which was probably meant. */
export const describeUnknown = (name: string, names: readonly string[]): string => {
  const meant = nearest(name, names)
  return `${name} is unknown${meant ? `; did you mean ${meant}?` : `; known are ${names.join(', ')}`}`
}
