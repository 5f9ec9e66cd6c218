import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { describeConditions } from '../../definitions/describeConditions.ts'
import type { ListedDefinition } from '../../definitions/draft.ts'
import type { Holders } from '../../definitions/countHolders.ts'

/** What can be done with a definition. */
export interface DefinitionDeeds {
  onEdit: (definition: ListedDefinition) => void
  onActivate: (definition: ListedDefinition, isActive: boolean) => void
  onDelete: (definition: ListedDefinition) => void
}

interface DefinitionRowProps extends DefinitionDeeds {
  definition: ListedDefinition
  holders: Holders
  /** A change is on its way. */
  isBusy: boolean
}

const kindOf = (definition: ListedDefinition): string => ('isPositive' in definition ? (definition.isPositive ? 'Wanted' : 'Unwanted') : definition.scope)

const Conditions = ({ definition }: { definition: ListedDefinition }): JSX.Element => {
  const conditions = describeConditions(definition)
  const { foreign } = definition
  return (
    <>
      {conditions.length ? (
        <ul class="definition-conditions">
          {conditions.map((words, i) => (
            <li key={i}>{words}</li>
          ))}
        </ul>
      ) : (
        <span class="link-hint">Nothing: nobody has it.</span>
      )}
      {foreign && (
        <p class="link-hint">
          Written by another program, and kept as it wrote it. {foreign.obstacle !== undefined && `It is not looked for: ${foreign.obstacle}.`}
        </p>
      )}
    </>
  )
}

type DeedsProps = Omit<DefinitionRowProps, 'holders'>

const Confirmation = ({ definition, isBusy, onDelete, onKeep }: Pick<DeedsProps, 'definition' | 'isBusy' | 'onDelete'> & { onKeep: () => void }): JSX.Element => (
  <>
    <span>Delete {definition.displayName}? Each session loses it when it is evaluated again.</span>
    <button class="button button-small button-bad" type="button" disabled={isBusy} onClick={() => onDelete(definition)}>
      Yes, delete
    </button>
    <button class="button button-small" type="button" onClick={onKeep}>
      No, keep it
    </button>
  </>
)

const Deeds = ({ definition, isBusy, onEdit, onActivate, onDelete }: DeedsProps): JSX.Element => {
  const [isAsking, setAsking] = useState(false)
  const group = useRef<HTMLDivElement>(null)
  const { displayName, isActive } = definition
  const wasAsking = useRef(isAsking)
  // The button that was pressed is gone; the last one is the harmless answer, or what led to the question.
  useEffect(() => {
    if (wasAsking.current !== isAsking) group.current?.querySelector<HTMLElement>('button:last-of-type')?.focus()
    wasAsking.current = isAsking
  }, [isAsking])
  return (
    <div ref={group} class="definition-deeds" role="group" aria-label={displayName}>
      {isAsking ? (
        <Confirmation definition={definition} isBusy={isBusy} onDelete={onDelete} onKeep={() => setAsking(false)} />
      ) : (
        <>
          <button class="button button-small" type="button" aria-label={`Edit ${displayName}`} onClick={() => onEdit(definition)}>
            Edit
          </button>
          <button class="button button-small" type="button" disabled={isBusy} aria-label={`${isActive ? 'Disable' : 'Enable'} ${displayName}`} onClick={() => onActivate(definition, !isActive)}>
            {isActive ? 'Disable' : 'Enable'}
          </button>
          <button class="button button-small button-quiet" type="button" disabled={isBusy} aria-label={`Delete ${displayName}`} onClick={() => setAsking(true)}>
            Delete
          </button>
        </>
      )}
    </div>
  )
}

/** One definition: what it is, what it waits for, who has it. What another vendor's client has written is not changed here. */
export const DefinitionRow = ({ holders: { counts, total }, ...rest }: DefinitionRowProps): JSX.Element => {
  const { definition } = rest
  const { id, displayName, description, isActive, foreign } = definition
  return (
    <tr role="row" class={isActive ? 'definition' : 'definition definition-inactive'}>
      <th role="rowheader" scope="row">
        <span class="definition-name">{displayName}</span>
        <span class="cell-sub">{id}</span>
        {description && <span class="cell-sub">{description}</span>}
      </th>
      <td role="cell" class="definition-kind">
        {kindOf(definition)}
        <span class="definition-state">{isActive ? 'Active' : 'Disabled'}</span>
      </td>
      <td role="cell">
        <Conditions definition={definition} />
      </td>
      <td role="cell" class="definition-holders">
        <strong>{counts.get(id) ?? 0}</strong> of {total} {total === 1 ? 'session' : 'sessions'}
      </td>
      <td role="cell">{!foreign && <Deeds {...rest} />}</td>
    </tr>
  )
}
