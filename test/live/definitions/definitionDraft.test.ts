// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { describe, expect, test } from 'vitest'
import { choose, click, field, openDefinitions, press, save, type, type DefinitionsPage } from './openDefinitions.ts'

describe('what stands in the form beside conditions', () => {
  test('says of a segment how it looks, and what it is called elsewhere', async () => {
    const opened = await openDefinitions()
    const { until, find, store } = opened
    await press(opened, 'Edit Readers')
    expect(find<HTMLInputElement>(field('color')).value).toBe('#123456')
    await type(opened, 'color', '#abcdef')
    await type(opened, 'externalSegment.id', 'x-1')
    await choose(opened, 'externalSegment.source', 'AdobeExperiencePlatform')
    await click(opened, 'For agents to see')
    await save(opened)
    await until(() => expect(find(field('externalSegment.name')).getAttribute('aria-invalid')).toBe('true'))
    await type(opened, 'externalSegment.name', 'Newsletter')
    await save(opened)
    const externalSegment = { id: 'x-1', name: 'Newsletter', source: 'AdobeExperiencePlatform' }
    await until(() => expect(store.list('segments').entities[0]).toMatchObject({ color: '#abcdef', shouldDisplayToAgent: false, externalSegment, version: 2 }))
    await until(() => find('[aria-label="Edit Readers"]'))
    await press(opened, 'Edit Readers')
    for (const name of ['id', 'name']) await type(opened, `externalSegment.${name}`, '')
    await save(opened)
    await until(() => expect(store.list('segments').entities[0]).not.toHaveProperty('externalSegment'))
  })

  test('says of an outcome which attribute tells its worth', async () => {
    const opened = await openDefinitions()
    const { until, find, store } = opened
    await press(opened, 'Edit Order')
    await type(opened, 'associatedValueField.name', 'total')
    await choose(opened, 'associatedValueField.dataType', 'Integer')
    await save(opened)
    await until(() => expect(store.list('outcomes').entities[0]).toMatchObject({ associatedValueField: { dataType: 'Integer', name: 'attributes.total.value' } }))
    await until(() => find('[aria-label="Edit Order"]'))
    await press(opened, 'Edit Order')
    await type(opened, 'associatedValueField.name', '')
    await save(opened)
    await until(() => expect(store.list('outcomes').entities[0]).not.toHaveProperty('associatedValueField'))
  })
})

describe('what is typed and not saved', () => {
  const openTyped = async (): Promise<DefinitionsPage> => {
    const opened = await openDefinitions()
    await press(opened, 'Edit Readers')
    await type(opened, 'displayName', 'My readers')
    return opened
  }

  const typed = ({ find }: DefinitionsPage): string => find<HTMLInputElement>(field('displayName')).value

  test.each<[string, (opened: DefinitionsPage) => Promise<void>]>([
    ['by the button', opened => click(opened, 'Cancel')],
    ['by going elsewhere in the page', opened => act(() => opened.go('#/ended'))],
    ['by signing out', opened => click(opened, 'Sign out')],
  ])('is asked for before it is left %s, and kept or dropped as the reader says', async (_how, leave) => {
    const opened = await openTyped()
    opened.answer(false)
    await leave(opened)
    expect([opened.questions, typed(opened)]).toEqual([['What you have typed is not saved. Leave it all the same?'], 'My readers'])
    opened.answer(true)
    await leave(opened)
    await opened.until(() => expect(opened.text()).not.toContain('Edit the segment'))
    expect([opened.questions.length, opened.store.list('segments').entities[0]!.displayName]).toEqual([2, 'Readers'])
  })

  test('is not asked for where nothing was typed, or it is saved', async () => {
    const opened = await openDefinitions()
    await press(opened, 'Edit Readers')
    await click(opened, 'Cancel')
    await press(opened, 'Edit Readers')
    await type(opened, 'displayName', 'My readers')
    await save(opened)
    await opened.until(() => expect(opened.text()).toContain('Saved.'))
    await act(() => opened.go('#/'))
    await opened.until(() => expect(opened.text()).toContain('On the site now'))
    expect(opened.questions).toEqual([])
  })
})
