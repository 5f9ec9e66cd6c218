import type { SdkLibrary } from '../model/index.ts'

/** Version of the package, put in by the build. */
declare const __SOJOURN_VERSION__: string

/** This library, as a Session's `sdkLibrary` names it. */
export const library: SdkLibrary = { name: 'sojourn', version: __SOJOURN_VERSION__ }
