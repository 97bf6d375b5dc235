import {
  CancelledError,
  messageOf,
  MissingRight,
  ProjectFileError,
  SignInExpired,
  WorkbenchError,
} from '../../common/errors.js';
import { firstLine, type Item } from '../tree-item.js';

/** What went wrong, as the first line of a tree, with what to do next; below it the last good lines, marked stale. */
export function errorItems(view: string, error: unknown, lastGood: readonly Item[]): Item[] {
  const item: Item = {
    ...{ id: `${view}/error`, label: labelOf(error), icon: 'error', tooltip: messageOf(error) },
    ...nextStep(error),
  };
  return [item, ...lastGood.map(stale)];
}

/** Why the trees below show what they knew before: the project's file cannot be read any more. */
export function bannerItem(view: string, error: unknown): Item {
  const tooltip = `${messageOf(error)}\nWhat is shown below is from before; nothing runs until this is mended.`;
  const label = error instanceof ProjectFileError ? 'mlops.json cannot be read' : labelOf(error);
  return { ...errorItems(view, error, [])[0]!, label, tooltip };
}

/** What is wrong, in the little room that a line has; where it is wrong stands above the trees, and in the tooltip. */
export function labelOf(error: unknown): string {
  if (error instanceof SignInExpired) return 'The sign-in has expired';
  if (error instanceof MissingRight) return `Not allowed: needs ${error.action}`;
  return firstLine(error instanceof WorkbenchError ? error.brief : messageOf(error));
}

/** One part that could not be looked at, above those that could. */
export function leftOutItem(view: string, part: string, error: unknown): Item {
  return {
    ...{ id: `${view}/unknown/${part}`, label: `${part} is not known`, icon: 'warn' },
    ...{ description: labelOf(error), tooltip: messageOf(error), click: 'mlops.showLog' },
  };
}

function nextStep(error: unknown): Pick<Item, 'description' | 'click'> {
  if (error instanceof ProjectFileError) {
    const description = error.at === undefined ? 'click to mend it' : `go to line ${error.at.line}`;
    return { description, click: 'mlops.openCause' };
  }
  if (error instanceof CancelledError) return { description: 'click to sign in', click: 'mlops.refresh' };
  if (error instanceof SignInExpired) return { description: 'click to sign in', click: 'mlops.signIn' };
  return { description: 'click for the log', click: 'mlops.showLog' };
}

function stale(item: Item): Item {
  return { ...item, description: ['stale', item.description].filter(Boolean).join(' · ') };
}
