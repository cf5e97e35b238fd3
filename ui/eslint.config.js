import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import ts from 'typescript-eslint'

const only = (patterns, message) => [
  'error',
  { patterns: patterns.map((group) => ({ group: [group].flat(), message })) },
]

const TAURI = '@tauri-apps/*'

/** Tiers: views, features by noun, shared. Each imports only from below; only ipc speaks to the shell. */
const tiers = [
  {
    files: ['src/shared/**'],
    rules: {
      'no-restricted-imports': only(
        [TAURI, '@/ipc/**', '@/features/**', '@/views/**'],
        'shared knows no domain words: it imports from shared only.',
      ),
    },
  },
  {
    files: ['src/ipc/**'],
    rules: {
      'no-restricted-imports': only(
        ['@/features/**', '@/views/**', '@/shared/ui/**', '@/shared/grid/**'],
        'ipc stands below features.',
      ),
    },
  },
  {
    files: ['src/features/**'],
    rules: {
      'no-restricted-imports': only(
        [TAURI, '@/views/**', '@/features/**', '../*/**'],
        'a feature imports from itself, shared and ipc only.',
      ),
    },
  },
  {
    files: ['src/views/**', 'src/*.ts', 'src/*.vue'],
    rules: {
      'no-restricted-imports': only([TAURI], 'only ipc speaks to the shell.'),
    },
  },
]

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/ipc/bindings.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    languageOptions: { globals: globals.browser },
    rules: {
      // The ideographic space separates words for people.
      'no-irregular-whitespace': 'off',
      // Layout is prettier's matter, not the linter's.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/attributes-order': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-undef': 'off',
    },
  },
  ...tiers,
)
