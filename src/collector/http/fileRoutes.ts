import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { demoHeaders, pageHeaders, partHeaders, scriptHeaders } from './contentSecurity.ts'
import type { ScriptVariants } from './createScriptVariants.ts'
import { ProblemError } from '../problem.ts'
import { chooseEncoding, type StaticFile } from './staticFiles.ts'

/** Files that the collector serves, by path within their folder. What was not built is not there. */
export interface Files {
  /** The tracker, for pages of every origin. */
  script?: ScriptVariants
  /** What it fetches when a page needs it. */
  parts: ReadonlyMap<string, StaticFile>
  livePage: ReadonlyMap<string, StaticFile>
  /** Absent when the demo is off. */
  demo?: ReadonlyMap<string, StaticFile>
}

const index = 'index.html'

const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean =>
  (ifNoneMatch ?? '').split(',').some(entry => entry.trim().replace(/^W\//, '') === etag)

const sendFile = async (request: FastifyRequest, reply: FastifyReply, file: StaticFile): Promise<FastifyReply> => {
  reply.headers({ etag: `W/${file.etag}`, vary: 'accept-encoding' })
  if (isKnown(request.headers['if-none-match'], file.etag)) return reply.code(304).send()
  reply.type(file.type)
  const encoding = chooseEncoding(file, request.headers['accept-encoding'])
  if (!encoding || !file.compress) return reply.send(file.content)
  return reply.header('content-encoding', encoding).send(await file.compress[encoding]())
}

/** The scripts, the live page and the demo. */
export const fileRoutes = (app: FastifyInstance, { script, parts, livePage, demo }: Files): void => {
  if (script) {
    app.get<{ Querystring: { site?: unknown } }>('/sojourn.js', async (request, reply) => {
      const { site } = request.query
      return sendFile(request, reply.headers(scriptHeaders), typeof site === 'string' ? script.of(site) : script.all)
    })
  }

  for (const [name, file] of parts) {
    app.get(`/${name}`, async (request, reply) => sendFile(request, reply.headers(partHeaders), file))
  }

  for (const [name, file] of livePage) {
    app.get(name === index ? '/' : `/${name}`, async (request, reply) => sendFile(request, reply.headers(pageHeaders), file))
  }

  if (!demo?.size) return
  app.get('/demo', async (request, reply) => reply.redirect(`/demo/${request.url.slice('/demo'.length)}`, 308))
  app.get<{ Params: { '*': string } }>('/demo/*', async (request, reply) => {
    const path = request.params['*']
    const file = demo.get(path === '' || path.endsWith('/') ? `${path}${index}` : path)
    if (!file) throw new ProblemError('not-found')
    return sendFile(request, reply.headers(demoHeaders), file)
  })
}
