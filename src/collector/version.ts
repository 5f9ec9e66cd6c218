/** Version of the package, put in by the build. */
declare const __SOJOURN_VERSION__: string

export const version = __SOJOURN_VERSION__
