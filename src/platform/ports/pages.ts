import type { DamagedFile } from '../../common/errors.js';
import type { CallOptions } from './calls.js';

export interface PageOptions extends CallOptions {
  /** `next` of the page before. */
  token?: string;
  limit?: number;
  /** Is told of each item that is damaged, and the list goes on without it; where it is absent the first ends the list. */
  leaveOut?: (damage: DamagedFile) => void;
}

export interface Page<Item> {
  items: Item[];
  /** Pass as `token` for the next page; absent on the last. */
  next?: string;
}

/** Every item of a paged list, page after page. */
export async function* everyItem<Item>(
  list: (options: PageOptions) => Promise<Page<Item>>,
  options: PageOptions = {},
): AsyncGenerator<Item> {
  let token: string | undefined = options.token;
  do {
    const page: Page<Item> = await list({ ...options, token });
    yield* page.items;
    token = page.next;
  } while (token !== undefined);
}

/** All items of a paged list, every page: for lists that are short enough to be held. */
export async function collect<Item>(
  list: (options: PageOptions) => Promise<Page<Item>>,
  options: PageOptions = {},
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of everyItem(list, options)) items.push(item);
  return items;
}
