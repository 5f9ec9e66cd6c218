import importX, { createNodeResolver } from 'eslint-plugin-import-x'
import tseslint from 'typescript-eslint'

/** Folders named after a technology: only the composition root of their room may know them. */
const effects = {
  './src/tracker/browser': ['createTracker.ts', 'script.ts'],
  './src/collector/sqlite': ['createCollector.ts', 'recordWorker.ts', 'checkpointWorker.ts', 'main.ts', 'projectionWorker.ts'],
}

/** Who may not know whom. `test/repository` checks the same and more, with a reason for each; this tells it in the editor. */
const zones = [
  { target: './src/model', from: './src', except: ['./model'], message: 'The model is pure and knows only itself.' },
  { target: './src/tracker', from: './src', except: ['./tracker', './model'], message: 'The tracker knows itself and the model.' },
  { target: './src/collector', from: './src', except: ['./collector', './model'], message: 'The collector knows itself and the model.' },
  { target: './src/live', from: './src', except: ['./live', './model'], message: 'The live page knows itself and the model.' },
  ...Object.entries(effects).map(([folder, roots]) => {
    const room = folder.slice(0, folder.lastIndexOf('/'))
    const target = `${room}/!(${[folder.slice(room.length + 1), ...roots.map(root => root.replace('.ts', ''))].join('|')})`
    return { target: [`${target}.ts`, `${target}/**/*`], from: folder, message: 'Effects are for composition roots only.' }
  }),
]

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'sojourn-data/', 'test-results/', 'examples/'] },
  tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mjs}'],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.mjs', '.js'] })],
      'import-x/extensions': ['.ts', '.tsx', '.mjs'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-duplicates': 'error',
      'max-lines': ['error', { max: 250 }],
      'max-params': ['error', 3],
      'prefer-const': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // `a ||= b` and a call behind `&&` are how this project writes them; an expression without any effect is still found by tsc.
      '@typescript-eslint/no-unused-expressions': ['error', { allowShortCircuit: true, allowTernary: true }],
    },
  },
  // The test of a table has a parameter for each column; `test/repository` tells those from others.
  { files: ['test/**', 'e2e/**', 'bench/**'], rules: { 'max-lines': ['error', { max: 400 }], 'max-params': 'off' } },
)
