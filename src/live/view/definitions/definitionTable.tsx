import type { JSX } from 'preact'
import type { Holders } from '../../definitions/countHolders.ts'
import type { DefinitionList } from '../../definitions/definitions.ts'
import type { DefinitionKind } from '../../definitions/draft.ts'
import { DefinitionRow, type DefinitionDeeds } from './definitionRow.tsx'

interface DefinitionTableProps extends DefinitionDeeds {
  kind: DefinitionKind
  list: DefinitionList
  holders: Holders
  isBusy: boolean
  onNew: () => void
}

const words = {
  segments: { title: 'Segments', add: 'New segment', none: 'There is no segment yet. A segment is a group that a visitor belongs to once its conditions are met.' },
  outcomes: { title: 'Outcomes', add: 'New outcome', none: 'There is no outcome yet. An outcome is something that a visit achieves, such as an order.' },
} as const

/** The segments, or the outcomes. The roles keep it a table where it is shown as cards. */
export const DefinitionTable = ({ kind, list: { entities, source }, onNew, ...rest }: DefinitionTableProps): JSX.Element => {
  const { title, add, none } = words[kind]
  return (
    <section class="panel definitions-panel" aria-label={title}>
      <div class="panel-head">
        <h2>{title}</h2>
        <button class="button button-small" type="button" onClick={onNew}>
          {add}
        </button>
      </div>
      {source === 'configuration' && entities.length > 0 && (
        <p class="link-hint definitions-source">These stand in the configuration. Once you change one here, the list is kept by the collector, and the configuration's is not used any more.</p>
      )}
      {entities.length ? (
        <table class="campaigns definitions" role="table">
          <caption class="visually-hidden">{title}: what they wait for, and how many of the sessions at hand have them</caption>
          <thead role="rowgroup">
            <tr role="row">
              {['Name', 'Kind', 'Waits for', 'Who has it', 'Change'].map(column => (
                <th key={column} role="columnheader" scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {entities.map(definition => (
              <DefinitionRow key={definition.id} definition={definition} {...rest} />
            ))}
          </tbody>
        </table>
      ) : (
        <p class="nothing">{none}</p>
      )}
    </section>
  )
}
