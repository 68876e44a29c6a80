import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default defineConfig([
  globalIgnores(['dist/', 'data/', 'coverage/', 'node_modules/', 'client/schema.ts']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'off', // would erase the metadata that Nest injects by
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-extraneous-class': 'off', // Nest modules are empty classes
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['src/domain/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-globals': ['error', 'Date', 'process', 'setTimeout', 'fetch', 'Promise', 'parseFloat'],
      'no-restricted-syntax': [
        'error',
        { selector: 'AwaitExpression', message: 'The domain is synchronous.' },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: 'The domain is pure.',
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts', '**/*.spec.{ts,tsx}'],
    rules: { 'max-lines-per-function': 'off' },
  },
  { files: ['src/cli.ts', 'src/cli/**/*.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    // Plain JavaScript with its types in comments: what runs before anything is compiled, and what is configuration.
    files: ['**/*.mjs', '**/*.cjs'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: 'tsconfig.scripts.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // The parts of the test runner: CommonJS, over internals of Jest and Node that have no types.
    files: ['**/*.cjs'],
    rules: {
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // The page's components.
    files: ['src/dashboard/page/**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['src/dashboard/page/**/*.{ts,tsx}'],
    // Its type names configurations of the old format, which ESLint's type does not have.
    plugins: {
      'react-hooks': /** @type {import('eslint').ESLint.Plugin} */ (/** @type {unknown} */ (reactHooks)),
    },
    rules: { 'react-hooks/rules-of-hooks': 'error' },
  },
  {
    files: ['src/dashboard/page/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.{ts,tsx}', 'src/dashboard/page/testing/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'parseFloat', message: 'Amounts are exact decimals: exact/decimal.ts computes with them.' },
        { name: 'localStorage', message: 'Only what a reader prefers is remembered, by preferences/.' },
        { name: 'fetch', message: 'api/send.ts sends all requests.' },
        { name: 'eval', message: 'The Content-Security-Policy forbids it.' },
      ],
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((property) => ({
          property,
          message: 'Texts of people would become markup.',
        })),
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: 'Texts of people would become markup.',
        },
        {
          selector: "JSXAttribute[name.name='style']",
          message:
            'The Content-Security-Policy forbids styles in attributes: use a class, or set a property in a ref.',
        },
      ],
    },
  },
  {
    files: ['src/dashboard/page/preferences/*.ts', 'src/dashboard/page/api/send.ts'],
    rules: { 'no-restricted-globals': 'off' },
  },
]);
