import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { CampaignDay, CampaignNumbers } from '../../campaigns/campaigns.ts'
import { formatDay } from '../../campaigns/dayRow.ts'

interface DayPlotProps {
  /** Whose days these are, e.g. `spring`. */
  of: string
  /** Every day of the period, oldest first. */
  days: readonly CampaignDay[]
}

/** What can be plotted, and what one of it is called. */
const measures = { sessions: 'session', pageviews: 'pageview', outcomes: 'outcome' } as const satisfies Record<keyof CampaignNumbers, string>

type Measure = keyof typeof measures

const isMeasure = (name: string): name is Measure => Object.hasOwn(measures, name)

/** Part of its day's width that a bar takes. */
const barWidth = 0.72

/** A round number that is no less, so that the scale can be read: 1, 2, 5, 10, 20, 50 ... */
export const toScaleTop = (most: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)))
  return [1, 2, 5, 10].map(step => step * power).find(top => top >= most) ?? most
}

const Bars = ({ days, measure, top }: { days: readonly CampaignDay[]; measure: Measure; top: number }): JSX.Element => (
  <svg class="plot-bars" viewBox={`0 0 ${days.length} 1`} preserveAspectRatio="none" aria-hidden="true">
    {days.map(({ date, [measure]: count }, i) => (
      <g key={date}>
        {/* The whole height tells what a day had: a short bar is hard to point at. */}
        <rect class="plot-day" x={i} y={0} width={1} height={1}>
          <title>{`${formatDay(date)}: ${count} ${count === 1 ? measures[measure] : measure}`}</title>
        </rect>
        {count > 0 && <rect class="plot-bar" x={i + (1 - barWidth) / 2} y={1 - count / top} width={barWidth} height={count / top} />}
      </g>
    ))}
  </svg>
)

const DayTable = ({ days }: { days: readonly CampaignDay[] }): JSX.Element => (
  <table class="campaigns plot-table">
    <thead>
      <tr>
        <th scope="col">Day (UTC)</th>
        <th scope="col">Sessions</th>
        <th scope="col">Pageviews</th>
        <th scope="col">Outcomes</th>
      </tr>
    </thead>
    <tbody>
      {days.map(({ date, sessions, pageviews, outcomes }) => (
        <tr key={date}>
          <th scope="row">{formatDay(date)}</th>
          <td>{sessions}</td>
          <td>{pageviews}</td>
          <td>{outcomes}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** What campaigns have led to by the day, as bars and as a table. */
export const DayPlot = ({ of, days }: DayPlotProps): JSX.Element => {
  const [measure, setMeasure] = useState<Measure>('sessions')
  const top = toScaleTop(Math.max(...days.map(day => day[measure])))
  const [first, last] = [days[0]?.date ?? '', days.at(-1)?.date ?? '']
  return (
    <figure class="plot">
      <figcaption class="plot-title">
        <select class="field" aria-label="What is plotted" value={measure} onChange={({ currentTarget: { value } }) => isMeasure(value) && setMeasure(value)}>
          {Object.keys(measures).map(name => (
            <option key={name} value={name}>
              {`${name[0]!.toUpperCase()}${name.slice(1)}`}
            </option>
          ))}
        </select>{' '}
        by the day: <strong>{of}</strong>
      </figcaption>
      <div class="plot-frame">
        <span class="plot-top" aria-hidden="true">
          {top}
        </span>
        <Bars days={days} measure={measure} top={top} />
        <span class="plot-first" aria-hidden="true">
          {formatDay(first)}
        </span>
        <span class="plot-last" aria-hidden="true">
          {formatDay(last)}
        </span>
      </div>
      <details class="plot-figures">
        <summary>Figures</summary>
        <DayTable days={days.filter(({ sessions, pageviews, outcomes }) => sessions || pageviews || outcomes)} />
      </details>
    </figure>
  )
}
