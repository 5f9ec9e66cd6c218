import type { JSX } from 'preact'
import { toAttributeName } from '../../../model/journeyKeys.ts'
import { journeyWords } from '../../definitions/conditionWords.ts'
import { Choice } from './choice.tsx'
import { FieldFrame, type Refusal } from './fieldFrame.tsx'

interface JourneyKeyFieldsProps extends Refusal {
  /** Of the condition. */
  path: string
  value: string
  onChange: (key: string) => void
}

type Chosen = keyof typeof journeyWords | 'attribute'

const words: Record<Chosen, string> = { ...journeyWords, attribute: 'An attribute' }

const isWord = (key: string): key is keyof typeof journeyWords => Object.hasOwn(journeyWords, key)

const toKey = (attribute: string): string => `attributes.${attribute}.value`

/** What a condition on an event is about: one of the known things, or an attribute by its name. */
export const JourneyKeyFields = ({ path, value, problem, onChange }: JourneyKeyFieldsProps): JSX.Element => {
  const chosen = isWord(value) ? value : 'attribute'
  const choice = (ties: JSX.SelectHTMLAttributes): JSX.Element => (
    <Choice {...ties} words={words} value={chosen} onChange={key => onChange(key === 'attribute' ? toKey('') : key)} />
  )
  if (isWord(value)) {
    return (
      <FieldFrame path={`${path}.key`} label="What" problem={problem}>
        {choice}
      </FieldFrame>
    )
  }
  return (
    <>
      <FieldFrame path={`${path}.kind`} label="What" problem={undefined}>
        {choice}
      </FieldFrame>
      <FieldFrame path={`${path}.key`} label="Name of the attribute" problem={problem}>
        {ties => (
          <input {...ties} class="field" autocomplete="off" autocapitalize="off" spellcheck={false} value={toAttributeName(value) ?? ''} onInput={event => onChange(toKey(event.currentTarget.value))} />
        )}
      </FieldFrame>
    </>
  )
}
