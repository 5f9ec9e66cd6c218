import { OptionError } from '../../../src/collector/settings/check.ts'
import { checkDefinitions } from '../../../src/collector/segments/checkDefinitions.ts'
import { createDefinitionStore, type DefinitionKind, type DefinitionStore, type GivenDefinitions } from '../../../src/collector/segments/createDefinitionStore.ts'
import { createMemoryDefinitionFile } from '../../../src/collector/segments/definitionFile.ts'
import { ProblemError, toProblemBody } from '../../../src/collector/problem.ts'
import { noon } from '../sampleSession.ts'

/** The collector's definitions, behind answers for a collector that is none. */
export interface FakeDefinitions {
  store: DefinitionStore
  answers: Record<string, (init: RequestInit) => Response>
}

const refuse = (error: ProblemError): Response => {
  const body = toProblemBody(error)
  return new Response(JSON.stringify(body), { status: body.status })
}

/** Creates definitions that are checked and kept as the collector does it. */
export const createFakeDefinitions = (given: Partial<GivenDefinitions> = {}): FakeDefinitions => {
  const store = createDefinitionStore({ file: createMemoryDefinitionFile(), configured: { segments: [], outcomes: [], ...given }, now: () => noon })
  const put = (kind: DefinitionKind, { body, headers }: RequestInit): void => {
    const { entities } = JSON.parse(String(body)) as { entities: unknown }
    const tag = new Headers(headers).get('if-match')?.replaceAll('"', '')
    try {
      store.put(kind, checkDefinitions[kind](entities, 'entities'), tag)
    } catch (error) {
      throw error instanceof OptionError ? new ProblemError('invalid-definition', { detail: error.message }) : error
    }
  }
  const answer = (kind: DefinitionKind) => (init: RequestInit): Response => {
    try {
      if (init.method === 'PUT') put(kind, init)
    } catch (error) {
      if (error instanceof ProblemError) return refuse(error)
      throw error
    }
    const { entities, source, tag } = store.list(kind)
    return new Response(JSON.stringify({ entities, source }), { headers: { etag: `"${tag}"` } })
  }
  return { store, answers: { '/v1/segments': answer('segments'), '/v1/outcomes': answer('outcomes') } }
}
