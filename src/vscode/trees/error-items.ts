import { messageOf } from '../../common/errors.js';
import type { Item } from './item.js';

/** What went wrong, as the first line of a tree, with what to do next; below it the last good lines, marked stale. */
export function errorItems(view: string, error: unknown, lastGood: readonly Item[]): Item[] {
  const message = messageOf(error);
  const [label = message] = message.split('\n', 1);
  const expired = /expired|credential|token|sign in/i.test(message);
  const item: Item = {
    id: `${view}/error`,
    label,
    icon: 'error',
    description: expired ? 'sign in, then refresh' : 'click for the log',
    tooltip: message,
    click: 'mlops.showLog',
  };
  return [item, ...lastGood.map(stale)];
}

function stale(item: Item): Item {
  return { ...item, description: ['stale', item.description].filter(Boolean).join(' · ') };
}
