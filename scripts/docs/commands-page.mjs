// The page of the commands of `mlops`, from the commands themselves.
import { readFileSync } from 'node:fs';
import { exampleOf } from '../../src/cli/examples.ts';
import { wholeProgram } from '../../test/support/command-paths.ts';

/** @typedef {import('commander').Command} Command */
/** @typedef {{ path: string, command: Command }} Named */

/** @param {Command} command @param {string[]} above @returns {Named[]} every command, those below it after it */
function each(command, above = []) {
  return command.commands.flatMap((child) => {
    const path = [...above, child.name()];
    return [{ path: path.join(' '), command: child }, ...each(child, path)];
  });
}

/** A pipe would end the cell; a bracket in angles would be HTML. @param {string} words */
const cell = (words) => words.replaceAll('|', '\\|').replaceAll('<', '&lt;');

/** @param {[words: string, meaning: string][]} rows @param {string} heading */
const table = (heading, rows) =>
  rows.length === 0
    ? []
    : [
        `| ${heading} | |`,
        '| --- | --- |',
        ...rows.map(([words, meaning]) => `| \`${words.replaceAll('|', '\\|')}\` | ${cell(meaning)} |`),
        '',
      ];

/** @param {readonly import('commander').Option[]} options @returns {[string, string][]} */
const rowsOf = (options) =>
  options
    .filter(({ hidden }) => !hidden)
    .map(({ flags, description, argChoices, defaultValue, defaultValueDescription }) => {
      const choices = argChoices ? `one of ${argChoices.join(', ')}` : '';
      const unsaid = defaultValue === undefined || defaultValue === false || String(defaultValue) === '';
      const standing = defaultValueDescription ?? (unsaid ? '' : String(defaultValue));
      const more = [choices, standing && `default: ${standing}`].filter(Boolean).join('; ');
      return [flags, more ? `${description} (${more})` : description];
    });

/** @param {Named} named */
function section({ path, command }) {
  const example = exampleOf(path);
  const depth = '#'.repeat(Math.min(4, path.split(' ').length + 1));
  const used = [
    path,
    command
      .usage()
      .replace(/^\[options\] ?/, '')
      .replace(/^\[command\]$/, '…'),
  ].filter(Boolean);
  return [
    `${depth} mlops ${path}`,
    '',
    `${sentence(command.description())}`,
    '',
    `\`mlops ${used.join(' ')}\``,
    '',
    ...table(
      'argument',
      command.registeredArguments.map((one) => [one.name(), one.description]),
    ),
    ...table('option', rowsOf(command.options)),
    ...(example ? ['```sh', example, '```', ''] : []),
  ];
}

/** @param {string} words */
const sentence = (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`;

/** @returns {Promise<string>} Markdown */
export async function commandsPage() {
  const program = await wholeProgram();
  const all = each(program);
  return [
    '# Commands of `mlops`',
    '',
    'Made from the commands themselves by `npx tsx scripts/docs.mjs`; `mlops COMMAND --help` says the same.',
    '',
    readFileSync('scripts/docs/commands-head.md', 'utf8'),
    ...table('option of every command', rowsOf(program.options)),
    ...all.flatMap(section),
  ].join('\n');
}
