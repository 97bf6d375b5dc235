import { CancelledError, InputError, messageOf } from '../../common/errors.js';
import { neededAction } from '../denied.js';
import { signInCommand } from '../session/sign-in-command.js';
import { firstLine, type Item } from './item.js';

/** What went wrong, as the first line of a tree, with what to do next; below it the last good lines, marked stale. */
export function errorItems(view: string, error: unknown, lastGood: readonly Item[]): Item[] {
  const message = messageOf(error);
  const item: Item = {
    id: `${view}/error`,
    label: labelOf(message),
    icon: 'error',
    tooltip: message,
    ...nextStep(error, message),
  };
  return [item, ...lastGood.map(stale)];
}

/** What is wrong, in the little room that a line has; where it is wrong stands above the trees, and in the tooltip. */
function labelOf(message: string): string {
  if (signInCommand(message) !== undefined) return 'The sign-in has expired';
  const action = neededAction(message);
  if (action !== undefined) return `Not allowed: needs ${action}`;
  return firstLine(message).replace(/^environment \S+( \([^)]*\))?: /, '');
}

function nextStep(error: unknown, message: string): Pick<Item, 'description' | 'click'> {
  if (error instanceof InputError && message.includes('mlops.json')) {
    return { description: 'click to mend mlops.json', click: 'mlops.openProjectFile' };
  }
  if (error instanceof CancelledError) return { description: 'click to sign in', click: 'mlops.refresh' };
  if (signInCommand(message) !== undefined) return { description: 'click to sign in', click: 'mlops.signIn' };
  return { description: 'click for the log', click: 'mlops.showLog' };
}

function stale(item: Item): Item {
  return { ...item, description: ['stale', item.description].filter(Boolean).join(' · ') };
}
