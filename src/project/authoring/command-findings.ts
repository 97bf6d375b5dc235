import { valueAt } from '../../common/schema-words.js';
import type { Path } from '../checks/problem.js';
import { commandText } from '../commands.js';
import type { JsoncText } from '../jsonc.js';
import type { Facts } from './facts.js';
import type { Finding } from './finding.js';

/** Commands that its user has not allowed: nothing is wrong with them, and nothing that needs them runs. */
export function commandFindings(text: JsoncText, { isAllowed }: Facts): Finding[] {
  if (isAllowed === undefined) return [];
  return commandPaths(text.value).flatMap((path) => {
    const command = valueAt(text.value, path);
    if (!isCommand(command) || isAllowed(command)) return [];
    const shown = commandText(command);
    const message = `${shown.length > 120 ? `${shown.slice(0, 119)}…` : shown} runs once you allowed it here`;
    const range = text.rangeOf({ path: [...path, 0], ...text.placeOf([...path, 0]) });
    const fixes = [{ title: 'Allow Commands of This Project…', command: 'mlops.allowCommands' as const }];
    return [{ ...range, severity: 'information', message, fixes }];
  });
}

function commandPaths(file: unknown): Path[] {
  const actions = valueAt(file, ['actions']);
  const names = typeof actions === 'object' && actions !== null ? Object.keys(actions) : [];
  return [
    ['features', 'command'],
    ['train', 'command'],
    ['train', 'serve', 'command'],
    ...names.map((name) => ['actions', name, 'command']),
  ];
}

const isCommand = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string');
