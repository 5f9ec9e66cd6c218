import type { JSX } from 'preact'
import type { PresenceState } from '../../model/event.ts'
import { statusLabels } from './statusBadge.tsx'

interface StatusCountsProps {
  counts: Record<PresenceState, number>
  chosen: PresenceState[]
  onChoose: (statuses: PresenceState[]) => void
}

const statuses: PresenceState[] = ['active', 'idle', 'away']

/** How many visitors have each status; each number is a switch that narrows the list to it. */
export const StatusCounts = ({ counts, chosen, onChoose }: StatusCountsProps): JSX.Element => {
  const toggle = (status: PresenceState): void =>
    onChoose(chosen.includes(status) ? chosen.filter(other => other !== status) : [...chosen, status])
  return (
    <div class="counts" role="group" aria-label="Visitors by status">
      {statuses.map(status => (
        <button
          key={status}
          type="button"
          class={`count status-${status}`}
          aria-pressed={chosen.includes(status)}
          onClick={() => toggle(status)}
        >
          <span class="count-label">
            <span class="status-mark" aria-hidden="true" />
            {statusLabels[status]}
          </span>
          <span class="count-number">{counts[status]}</span>
        </button>
      ))}
    </div>
  )
}
