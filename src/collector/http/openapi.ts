import { openapiPaths } from './openapiPaths.ts'
import { openapiSchemas } from './openapiSchemas.ts'
import { version } from '../version.ts'

/** The API of the collector as an OpenAPI 3.1 document. A test compares its paths with the routes. */
export const createOpenapi = () => ({
  openapi: '3.1.0',
  info: {
    title: 'Sojourn collector',
    version,
    description: 'Takes events of websites and apps, folds them into Sessions, and serves those.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  // As seen from this document, wherever a proxy serves it.
  servers: [{ url: '..' }],
  paths: openapiPaths,
  components: {
    schemas: openapiSchemas,
    securitySchemes: {
      apiKey: { type: 'http', scheme: 'bearer', description: 'The API key, made at the first start and printed then.' },
    },
  },
})
