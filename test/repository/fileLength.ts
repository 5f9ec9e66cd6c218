import { countLines, type Rule } from './source.ts'

/** Files of the kind that good codebases of this field have: most of them short, none long. */
export const fileLength =
  ({ median, most }: { median: number; most: number }): Rule =>
  sources => {
    const lengths = sources.map(source => countLines(source.text))
    const middle = lengths.toSorted((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? 0
    return [
      ...(middle > median ? [{ path: 'src', line: 0, what: `the median file has ${middle} lines, more than ${median}` }] : []),
      ...sources.flatMap(({ path }, i) => (lengths[i]! > most ? [{ path, line: most + 1, what: `${lengths[i]} lines, more than ${most}` }] : [])),
    ]
  }
