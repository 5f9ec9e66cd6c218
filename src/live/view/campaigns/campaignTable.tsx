import type { JSX } from 'preact'
import { toCampaignKey, type ListedCampaign } from '../../campaigns/campaigns.ts'

interface CampaignTableProps {
  list: readonly ListedCampaign[]
  showSite: boolean
  /** Key of the campaign whose days are shown. */
  chosen: string | undefined
  onChoose: (key: string | undefined) => void
}

interface CampaignRowProps extends Omit<CampaignTableProps, 'list'> {
  campaign: ListedCampaign
}

/** A number. Where there is no room for columns, and no head above them, its name stands beside it. */
const Count = ({ name, value }: { name: string; value: number }): JSX.Element => (
  <td role="cell">
    <span class="count-name" aria-hidden="true">
      {name}{' '}
    </span>
    {value}
  </td>
)

const CampaignRow = ({ campaign, showSite, chosen, onChoose }: CampaignRowProps): JSX.Element => {
  const { site, name, source, medium, sessions, pageviews, outcomes } = campaign
  const key = toCampaignKey(campaign)
  const isChosen = key === chosen
  const origin = [source || '(no source)', medium || '(no medium)'].join(' / ')
  return (
    <tr role="row" class={isChosen ? 'campaign campaign-chosen' : 'campaign'}>
      <th role="rowheader" scope="row">
        <button class="campaign-name" type="button" aria-pressed={isChosen} onClick={() => onChoose(isChosen ? undefined : key)}>
          {name || '(no name)'}
        </button>
        <span class="cell-sub" title={origin}>
          {showSite && `${site} · `}
          {origin}
        </span>
      </th>
      <Count name="Sessions" value={sessions} />
      <Count name="Pageviews" value={pageviews} />
      <Count name="Outcomes" value={outcomes} />
    </tr>
  )
}

/** What each campaign has led to. The name of one chooses it for the plot. The roles keep it a table where it is shown as cards. */
export const CampaignTable = ({ list, ...rest }: CampaignTableProps): JSX.Element => (
  <table class="campaigns campaign-list" role="table">
    <caption class="visually-hidden">Campaigns, those with the most sessions first. The button of a name shows its days alone.</caption>
    <thead role="rowgroup">
      <tr role="row">
        {['Campaign', 'Sessions', 'Pageviews', 'Outcomes'].map(column => (
          <th key={column} role="columnheader" scope="col">
            {column}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {list.map(campaign => (
        <CampaignRow key={toCampaignKey(campaign)} campaign={campaign} {...rest} />
      ))}
    </tbody>
  </table>
)
