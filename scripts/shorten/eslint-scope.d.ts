/** What is used of eslint-scope, which has no types of its own. */
declare module 'eslint-scope' {
  interface Identifier {
    name: string
    start: number
    end: number
  }
  interface Reference {
    identifier: Identifier
    from: Scope
    /** It gives the variable its first value. */
    init?: boolean
    isWrite(): boolean
  }
  interface Variable {
    name: string
    identifiers: Identifier[]
    references: Reference[]
  }
  interface Scope {
    upper: Scope | null
    variables: Variable[]
    /** What neither it nor the scopes inside it declare. */
    through: Reference[]
  }
  export const analyze: (ast: object, options: { ecmaVersion: number; sourceType: string }) => { scopes: Scope[]; globalScope: Scope }
}
