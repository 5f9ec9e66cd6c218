/* "Your visit": what the tracker knows of this session, as the page may know it. */

const statusNames = { active: 'Active', idle: 'Idle', away: 'Away', ended: 'Ended' }

/** The status at an instant, from the session's own instants, so that it is right between two events too. */
const toStatus = ({ endedDate, idleDate, awayDate }, now) => {
  if (endedDate) return 'ended'
  if (now >= Date.parse(awayDate)) return 'away'
  return now >= Date.parse(idleDate) ? 'idle' : 'active'
}

const toSource = ({ mktCampaign: campaign, referrer }) => {
  if (campaign) return [campaign.name, campaign.source, campaign.medium].filter(Boolean).join(' / ') || campaign.clickId
  return referrer && referrer.medium !== 'internal' ? referrer.domain : 'directly'
}

const toCustomer = ({ customerId, customerIdType }) => (customerIdType && customerIdType !== 'cookie' ? customerId : 'not yet')

const toDuration = ({ createdDate, awayDate }, now) => {
  const seconds = Math.max(0, Math.floor((Math.min(now, Date.parse(awayDate)) - Date.parse(createdDate)) / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

const create = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties)
  element.append(...children)
  return element
}

const createPanel = () => {
  const mark = create('span', { className: 'visit-mark', ariaHidden: 'true' })
  const status = create('span', { className: 'visit-status', textContent: 'starting' })
  const shortId = create('strong', { className: 'visit-id', textContent: '····' })
  const list = create('dl')
  const rows = new Map()
  const panel = create(
    'details',
    // Open at the start where it covers nothing of the page.
    { className: 'visit', open: matchMedia('(min-width: 104rem)').matches },
    create('summary', {}, mark, create('span', { textContent: 'Your visit' }), shortId, status),
    create('p', { className: 'visit-say', textContent: 'If you call, read out the digits: whoever answers sees this visit.' }),
    list,
    create('a', { href: '/', target: '_blank', rel: 'noopener', textContent: 'See it on the live page' }),
  )
  panel.dataset.status = 'starting'

  /** Writes a text only when it changes, so that nothing is read out again. */
  const write = (element, text) => {
    if (element.textContent !== text) element.textContent = text
  }

  const writeRow = (name, text) => {
    if (!rows.has(name)) {
      rows.set(name, create('dd'))
      list.append(create('div', {}, create('dt', { textContent: name }), rows.get(name)))
    }
    write(rows.get(name), text)
  }

  return {
    panel,
    show(session, now) {
      const state = toStatus(session, now)
      panel.dataset.status = state
      write(status, statusNames[state])
      write(shortId, session.shortId ?? '····')
      writeRow('Pages', String(session.pageviewCount))
      writeRow('Events', String(session.eventCount))
      writeRow('Time', toDuration(session, now))
      writeRow('Came', toSource(session))
      writeRow('Visit', `number ${session.sessionIndex ?? 1}`)
      writeRow('Known as', toCustomer(session))
    },
  }
}

/** Puts the panel into the page and keeps it fresh: at each change of the session, and each second for the clock. */
export const startVisitPanel = () => {
  const { panel, show } = createPanel()
  let known

  const showKnown = () => {
    if (known) show(known, Date.now())
  }
  const ask = () =>
    sojourn('session', session => {
      known = session ?? known
      showKnown()
    })

  document.body.append(panel)
  for (const name of ['session', 'active', 'idle', 'away', 'delivered']) sojourn('on', name, ask)
  sojourn('shortId', ask)
  ask()
  setInterval(showKnown, 1000)
}
