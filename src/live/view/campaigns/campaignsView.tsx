import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { toCampaignKey } from '../../campaigns/campaigns.ts'
import { toDayRow } from '../../campaigns/dayRow.ts'
import type { ViewProps } from '../app.tsx'
import { LoadFailed, Loading } from '../loading.tsx'
import { CampaignTable } from './campaignTable.tsx'
import { DayPlot } from './dayPlot.tsx'
import { LinkBuilder } from './linkBuilder.tsx'
import { LinkChecker } from './linkChecker.tsx'
import { SiteChoice } from './siteChoice.tsx'

interface CampaignsViewProps extends ViewProps {
  /** Where the collector is. */
  origin: string
}

const periods = [7, 30, 90, 365]

/** Which campaigns led to the sites; links for new ones, and what a link counts as. */
export const CampaignsView = ({ state: { campaigns }, actions, now, origin }: CampaignsViewProps): JSX.Element => {
  const { phase, choice, list, nextUri, message, sites = [], checks } = campaigns
  const [chosen, setChosen] = useState<string>()
  const [linkSite, setLinkSite] = useState('')
  const campaign = list.find(each => toCampaignKey(each) === chosen)
  const site = sites.find(({ id }) => id === linkSite) ?? sites[0]
  return (
    <>
      <div class="heading">
        <h1>Campaigns</h1>
        <div class="choices">
          {sites.length > 1 && <SiteChoice id="campaign-site" label="Site" sites={sites} value={choice.site} all onChange={each => actions.chooseCampaigns({ site: each })} />}
          <label class="visually-hidden" for="campaign-days">
            Period
          </label>
          <select id="campaign-days" class="field" value={choice.days} onChange={event => actions.chooseCampaigns({ days: Number(event.currentTarget.value) })}>
            {periods.map(days => (
              <option key={days} value={days}>
                Last {days} days
              </option>
            ))}
          </select>
        </div>
      </div>
      {phase === 'failed' && <LoadFailed message={message ?? ''} onRetry={actions.reload} />}
      {phase === 'loading' && !list.length && <Loading what="campaigns" />}
      {phase === 'ready' && !list.length && (
        <section class="panel">
          <p class="nothing">No campaign has led here in the last {choice.days} days. Build a link below, open it, and see it appear.</p>
        </section>
      )}
      {list.length > 0 && (
        <section class="panel" aria-label="Campaigns seen">
          <DayPlot of={campaign ? campaign.name || campaign.source || 'this campaign' : 'the campaigns listed'} days={toDayRow(campaign ? [campaign] : list, now, choice.days)} />
          <CampaignTable list={list} showSite={sites.length > 1 && !choice.site} chosen={campaign && chosen} onChoose={setChosen} />
          {nextUri && (
            <div class="more">
              <button class="button" type="button" disabled={phase === 'loading'} onClick={actions.loadMoreCampaigns}>
                {phase === 'loading' ? 'Loading…' : 'Load more'}
              </button>
            </div>
          )}
        </section>
      )}
      {site && (
        <div class="links">
          {sites.length > 1 && (
            <div class="links-site">
              <SiteChoice id="link-site" label="Links for the site" sites={sites} value={site.id} onChange={setLinkSite} />
            </div>
          )}
          <LinkBuilder key={`build ${site.id}`} site={site} origin={origin} check={checks.built} onCheck={link => actions.checkLink('built', link)} />
          <LinkChecker key={`check ${site.id}`} site={site} check={checks.pasted} onCheck={link => actions.checkLink('pasted', link)} />
        </div>
      )}
    </>
  )
}
