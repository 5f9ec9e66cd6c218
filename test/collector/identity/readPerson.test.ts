import { describe, expect, test } from 'vitest'
import { help, readOptions } from '../../../src/collector/settings/readOptions.ts'
import { idOf } from '../batches.ts'

const read = (...args: string[]): object => readOptions([...args, '--data', 'x'], {})

describe('the commands about a person', () => {
  test('say who is meant, and where the result goes', () => {
    expect(read('erase', 'c-1')).toEqual({ command: 'erase', person: { by: 'customer', id: 'c-1' }, options: { data: 'x' } })
    expect(read('erase', 'c-1', '--site', 'shop', '--type', 'crm')).toMatchObject({ person: { by: 'customer', id: 'c-1', site: 'shop', type: 'crm' } })
    expect(read('export', idOf(1), '--visitor', '--output', 'a.json')).toMatchObject({ command: 'export', person: { by: 'visitor', id: idOf(1) }, output: 'a.json' })
    expect(read('erase', 'help')).toMatchObject({ command: 'erase', person: { id: 'help' } })
  })

  test('are in the help', () => {
    expect(help).toContain('sojourn erase <id>')
    expect(help).toContain('sojourn export <id>')
    expect(help).toContain('--visitor')
  })

  const wrong: [args: string[], message: string][] = [
    [['erase'], 'expected one id: sojourn erase <customer id>'],
    [['erase', 'a', 'b'], 'expected one id: sojourn erase <customer id>'],
    [['export', '--visitor'], 'expected one id: sojourn export <visitor id>'],
    [['erase', ''], 'expected an id of 1 to 255 characters'],
    [['erase', 'x', '--visitor'], 'x is no visitor id, which is a UUID in lower case'],
    [['erase', 'x', '--output', 'y'], '--output: is for export'],
    [['export', idOf(1), '--visitor', '--type', 'crm'], '--type: a visitor id has no type'],
    [['erase', idOf(1), '--visitor=true'], '--visitor: expected no value, got "true"'],
    [['erase', idOf(1), '--site', '--visitor'], '--site: expected a value, got the flag --visitor'],
    [['export', 'x', '--site', ''], '--site: expected a value'],
    [['rebuild', '--visitor'], '--visitor: is for erase and export'],
    [['--site', 'shop'], '--site: is for erase and export'],
    [['erase', 'x', '--sitte', 'shop'], '--sitte is unknown; did you mean --site?'],
    [['eraze', 'x'], 'eraze is unknown; did you mean erase?'],
  ]
  test.each(wrong)('refuse %j', (args, message) => expect(() => read(...args)).toThrow(message))
})
