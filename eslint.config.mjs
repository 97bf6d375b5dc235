import tseslint from 'typescript-eslint';
import prettier from 'eslint-config-prettier';

const searches = 'test|exec|match|matchAll|includes|startsWith|endsWith|indexOf|replace|replaceAll|split|search';
const saysWhat =
  'What another part must know is a field of the error (src/common/errors.ts), not a word of its message.';

/** An error's message is for people: no call of these searches it, nor is it what they search for. */
const noSearchedMessages = [
  `CallExpression[callee.property.name=/^(${searches})$/][callee.object.property.name="message"]`,
  `CallExpression[callee.property.name=/^(${searches})$/][callee.object.callee.name="messageOf"]`,
  `CallExpression[callee.property.name=/^(test|exec)$/][arguments.0.property.name="message"]`,
  `CallExpression[callee.property.name=/^(test|exec)$/][arguments.0.callee.name="messageOf"]`,
  `CallExpression[callee.property.name=/^(${searches})$/][callee.object.name="message"]`,
  `CallExpression[callee.property.name=/^(test|exec)$/][arguments.0.name="message"]`,
].map((selector) => ({ selector, message: saysWhat }));

const wholeZod = {
  selector: 'ImportDeclaration[source.value="zod"] > ImportSpecifier',
  message: "import * as z from 'zod': the other form bundles the messages of every language.",
};

/** Adapters that read the words of programs that tell nothing else, each at one place. */
const foreignWords = [
  // AWS's services and SDK: several faults share one code.
  'src/platform/aws/account/{explain,refusals,sign-in-advice}.ts',
  'src/platform/aws/{models/registry-writer,endpoints/endpoint-models}.ts',
  // Lines of a job's log.
  'src/platform/aws/jobs/job-logs.ts',
  // DuckDB says where a table is damaged, and in which line of a query, only in words.
  'src/data/{tables,csv-damage,table-damage,duckdb/user-sql}.ts',
  // What DuckDB says of a part names the part's own file.
  'src/data/preview/text-table.ts',
  // Commander.
  'src/cli/usage.ts',
];

export default tseslint.config(
  { ignores: ['dist/', 'out/', '.cache/', '.venv*/', 'test-results/', 'test/fixtures/'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Typed arrays and tight numeric loops are walked by index on purpose.
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-console': 'error',
      'no-restricted-syntax': ['error', wholeZod],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: foreignWords,
    rules: { 'no-restricted-syntax': ['error', wholeZod, ...noSearchedMessages] },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-floating-promises': 'error', 'max-lines': 'off' },
  },
  {
    files: ['**/*.{mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  prettier,
);
