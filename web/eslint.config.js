import vue from 'eslint-plugin-vue';
import typescript from 'typescript-eslint';

// Formatting is left to the writer; these rules look for mistakes.
export default typescript.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/generated/**', '**/*.generated.ts'] },
  ...typescript.configs.recommended,
  ...vue.configs['flat/essential'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: typescript.parser } },
  },
  {
    files: ['**/*.{ts,vue,js}'],
    rules: {
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'vue/no-v-html': 'error',
      'vue/require-explicit-emits': 'error',
      'vue/no-unused-properties': 'error',
      'vue/no-unused-refs': 'error',
      'vue/multi-word-component-names': 'off',
      // Text reaches the screen through translations only; bare punctuation is no text.
      'vue/no-bare-strings-in-template': ['error', {
        allowlist: ['·', '—', '：', '、', '，', '。', '（', '）', '“', '”', '/', '%', '×', '…', '+', '-', '→', '#', '&nbsp;', '|', '(', ')', ':', ','],
      }],
    },
  },
);
