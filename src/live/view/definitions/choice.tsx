import type { JSX } from 'preact'

interface ChoiceProps<T extends string> extends Omit<JSX.SelectHTMLAttributes, 'onChange' | 'value'> {
  /** What each is called, in the order in which they are offered. */
  words: Record<T, string>
  value: T
  onChange: (value: T) => void
}

/** Chooses among words. */
export const Choice = <T extends string>({ words, value, onChange, ...rest }: ChoiceProps<T>): JSX.Element => {
  const names = Object.keys(words) as T[]
  const choose = (chosen: string): void => {
    const name = names.find(each => each === chosen)
    if (name !== undefined) onChange(name)
  }
  return (
    <select class="field" {...rest} value={value} onChange={event => choose(event.currentTarget.value)}>
      {names.map(name => (
        <option key={name} value={name}>
          {words[name]}
        </option>
      ))}
    </select>
  )
}
