import type { JSX, TargetedMouseEvent } from 'preact'

interface RemoveButtonProps {
  /** What is removed, for those who do not see where the button stands. */
  what: string
  onRemove: () => void
}

/** Takes a row out of the form. The focus goes to the button that adds another, as this one is gone then. */
export const RemoveButton = ({ what, onRemove }: RemoveButtonProps): JSX.Element => {
  const remove = ({ currentTarget }: TargetedMouseEvent<HTMLButtonElement>): void => {
    currentTarget.closest('.conditions')?.querySelector<HTMLElement>(':scope > .conditions-add')?.focus()
    onRemove()
  }
  return (
    <button class="button button-small button-quiet" type="button" aria-label={`Remove ${what}`} onClick={remove}>
      Remove
    </button>
  )
}
