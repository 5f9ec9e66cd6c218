// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { sampleSession, toIso } from '../sampleSession.ts'
import { choose, click, field, openDefinitions, press, readers, save, type, type DefinitionsPage } from './openDefinitions.ts'

const value = 'context.patterns[0].criteria[0].values'

describe('the lists', () => {
  test('tell what each is, what it waits for, and how many sessions have it', async () => {
    const { collector, until, find, text } = await openDefinitions()
    expect(text()).toContain('Campaign source is “newsletter”')
    expect(text()).toContain('1 × ordered')
    expect(text()).toContain('sojourn rebuild')
    collector.put(sampleSession({ id: 'kim', segmentAssignments: [{ segment: { id: 'readers' }, assignedDate: toIso(1) }] }))
    collector.put(sampleSession({ id: 'pat' }))
    await until(() => expect(find('[aria-label="Segments"] .definition-holders').textContent).toBe('1 of 2 sessions'))
    expect(find('[aria-label="Outcomes"] .definition-holders').textContent).toBe('0 of 2 sessions')
  })

  test('say so when they cannot be had, and are asked for again', async () => {
    const opened = await openDefinitions()
    opened.go('#/')
    opened.collector.breakOff(true)
    opened.go('#/definitions')
    await opened.until(() => expect(opened.text()).toContain('cannot be reached'))
    opened.collector.breakOff(false)
    await click(opened, 'Try again')
    await opened.until(() => expect(opened.text()).not.toContain('cannot be reached'))
    expect(opened.text()).toContain('Readers')
  })

  test('switch one off and on, and leave everything else in it', async () => {
    const opened = await openDefinitions()
    const { store, until, find } = opened
    await press(opened, 'Disable Readers')
    await until(() => expect(store.list('segments').entities[0]).toMatchObject({ isActive: false, color: '#123456', version: 2 }))
    await until(() => find('[aria-label="Enable Readers"]'))
    await press(opened, 'Enable Readers')
    await until(() => expect(store.list('segments').entities[0]!.isActive).toBe(true))
  })

  test('delete one after a question, and not without it', async () => {
    const opened = await openDefinitions()
    const { store, until, find, text } = opened
    await press(opened, 'Delete Order')
    expect(document.activeElement?.textContent).toBe('No, keep it')
    await click(opened, 'No, keep it')
    expect(document.activeElement === find('[aria-label="Delete Order"]')).toBe(true)
    await press(opened, 'Delete Order')
    expect(store.list('outcomes').entities).toHaveLength(1)
    await click(opened, 'Yes, delete')
    await until(() => expect(text()).toContain('There is no outcome yet.'))
    expect(store.list('outcomes').entities).toEqual([])
  })

  test('show what another vendor has written, and offer no change of it', async () => {
    const foreign = { ...readers, context: { patterns: [{ criteria: [{ key: 'weather' as 'authenticated', values: ['rain'] }] }] }, foreign: { obstacle: 'weather is not known' } }
    const { text, find } = await openDefinitions({ segments: [foreign] })
    expect(text()).toContain('weather is “rain”')
    expect(text()).toContain('weather is not known')
    expect(find('[aria-label="Segments"] tbody').querySelectorAll('button')).toHaveLength(0)
  })
})

describe('the form', () => {
  test('creates a segment of conditions about the visit and about events', async () => {
    const opened = await openDefinitions({})
    const { until, find, store } = opened
    await click(opened, 'New segment')
    await type(opened, 'displayName', 'Big spenders')
    await choose(opened, 'scope', 'Customer')
    await type(opened, 'assignmentExpirationDays', '7')
    await click(opened, 'Add a condition about the visit')
    await choose(opened, 'context.patterns[0].criteria[0].key', 'geolocation.country')
    await type(opened, value, 'NL\nBE\n')
    await click(opened, 'Add an event')
    await type(opened, 'journey.patterns[0].eventName', 'ordered')
    await type(opened, 'journey.patterns[0].count', '2')
    await click(opened, 'Add a condition to this event')
    await choose(opened, 'journey.patterns[0].criteria[0].key', 'attribute')
    await type(opened, 'journey.patterns[0].criteria[0].key', 'total')
    await choose(opened, 'journey.patterns[0].criteria[0].operator', 'greaterThan')
    await type(opened, 'journey.patterns[0].criteria[0].values', '50')
    await until(() => expect(find<HTMLTextAreaElement>(field('journey.patterns[0].criteria[0].values')).value).toBe('50'))
    await save(opened)
    await until(() => expect(find('.definition-name').textContent).toBe('Big spenders'))
    expect(store.list('segments').entities).toMatchObject([
      {
        id: 'big-spenders',
        scope: 'Customer',
        assignmentExpirationDays: 7,
        context: { patterns: [{ criteria: [{ key: 'geolocation.country', operator: 'equal', values: ['NL', 'BE'] }] }] },
        journey: { patterns: [{ eventName: 'ordered', count: 2, criteria: [{ key: 'attributes.total.value', operator: 'greaterThan', values: ['50'] }] }] },
      },
    ])
  })

  test('says at the field what the collector refuses, and keeps what was typed', async () => {
    const opened = await openDefinitions({})
    const { until, find, text, store } = opened
    await click(opened, 'New segment')
    await type(opened, 'displayName', 'Readers')
    await click(opened, 'Add a condition about the visit')
    await until(() => find(field(value)))
    await save(opened)
    await until(() => expect(find(field(value)).getAttribute('aria-invalid')).toBe('true'))
    const problem = find(`[id="${find(field(value)).getAttribute('aria-describedby')!.split(' ').at(-1)!}"]`)
    expect([problem.getAttribute('role'), problem.textContent]).toEqual(['alert', 'Expected at least 1 entry, got 0.'])
    await until(() => expect(document.activeElement === find(field(value))).toBe(true))
    expect(text()).toContain('Not saved.')
    await type(opened, value, 'newsletter')
    await until(() => expect(find<HTMLTextAreaElement>(field(value)).value).toBe('newsletter'))
    await save(opened)
    await until(() => expect(store.list('segments').entities).toHaveLength(1))
  })

  test('says nothing of a row that is gone', async () => {
    const opened = await openDefinitions({})
    const { until, find, text } = opened
    await click(opened, 'New segment')
    await type(opened, 'displayName', 'Readers')
    await click(opened, 'Add a condition about the visit')
    await save(opened)
    await until(() => expect(find(field(value)).getAttribute('aria-invalid')).toBe('true'))
    await press(opened, 'Remove condition 1 about the visit')
    await click(opened, 'Add a condition about the visit')
    expect(find(field(value)).hasAttribute('aria-invalid')).toBe(false)
    expect(text()).not.toContain('Not saved.')
  })

  test('keeps what was typed while the collector cannot be reached', async () => {
    const opened = await openDefinitions({})
    const { until, collector, text, store } = opened
    await click(opened, 'New outcome')
    await type(opened, 'displayName', 'Order')
    collector.breakOff(true)
    await save(opened)
    await until(() => expect(text()).toContain('Not saved. The collector cannot be reached.'))
    collector.breakOff(false)
    await save(opened)
    await until(() => expect(store.list('outcomes').entities.map(({ displayName }) => displayName)).toEqual(['Order']))
  })

  test('changes one, and drops conditions that were removed', async () => {
    const opened = await openDefinitions()
    const { until, store } = opened
    await press(opened, 'Edit Readers')
    await type(opened, 'displayName', 'Everybody')
    await press(opened, 'Remove condition 1 about the visit')
    await until(() => expect(opened.text()).not.toContain('One a line.'))
    await save(opened)
    await until(() => expect(store.list('segments').entities[0]).toMatchObject({ id: 'readers', displayName: 'Everybody', color: '#123456', context: { patterns: [] } }))
  })
})

describe("another reader's change in between", () => {
  const openBoth = async (): Promise<DefinitionsPage> => {
    const opened = await openDefinitions()
    await press(opened, 'Edit Readers')
    await type(opened, 'displayName', 'My readers')
    return opened
  }

  const saveTooLate = async (opened: DefinitionsPage): Promise<void> => {
    await save(opened)
    await opened.until(() => expect(opened.text()).toContain('somebody else has changed the list'))
    await click(opened, 'Load the list anew')
    await opened.until(() => expect(opened.text()).toContain('what you have typed is still here'))
  }

  test('is told, and what was typed is saved after the list was loaded anew', async () => {
    const opened = await openBoth()
    opened.store.put('segments', [readers, { displayName: 'Theirs' }])
    await saveTooLate(opened)
    expect(opened.text()).not.toContain('changed in the meantime')
    await save(opened)
    await opened.until(() => expect(opened.store.list('segments').entities.map(({ displayName }) => displayName)).toEqual(['My readers', 'Theirs']))
  })

  test('of the same segment can be taken instead', async () => {
    const opened = await openBoth()
    opened.store.put('segments', [{ ...readers, displayName: 'Their readers' }])
    await saveTooLate(opened)
    await click(opened, 'Take what it says now')
    await opened.until(() => expect(opened.find<HTMLInputElement>(field('displayName')).value).toBe('Their readers'))
  })

  test('that deleted it is told, and saving brings it back', async () => {
    const opened = await openBoth()
    opened.store.put('segments', [])
    await saveTooLate(opened)
    expect(opened.text()).toContain('has been deleted in the meantime')
    await save(opened)
    await opened.until(() => expect(opened.store.list('segments').entities.map(({ displayName }) => displayName)).toEqual(['My readers']))
  })

  test('is told in the list, too', async () => {
    const opened = await openDefinitions()
    opened.store.put('segments', [readers, { displayName: 'Theirs' }])
    await press(opened, 'Disable Readers')
    await opened.until(() => expect(opened.text()).toContain('Nothing was changed: somebody else'))
    await click(opened, 'Load the list anew')
    await opened.until(() => expect(opened.text()).toContain('Theirs'))
    expect(opened.store.list('segments').entities[0]!.isActive).toBe(true)
  })
})
