import { DamagedFile } from '../../common/errors.js';
import type { Page, PageOptions } from '../ports/pages.js';

/** As many as an S3 page holds. */
export const pageSize = 1000;

/** A page of a list that is at hand, in its order. Tokens are the identity of the last item of the page before. */
export function pageOf<Item>(items: Item[], identity: (item: Item) => string, options: PageOptions = {}): Page<Item> {
  const limit = options.limit ?? pageSize;
  const after = options.token === undefined ? -1 : items.findIndex((item) => identity(item) === options.token);
  const page = items.slice(after + 1, after + 1 + limit);
  const last = page.at(-1);
  return after + 1 + limit < items.length && last !== undefined
    ? { items: page, next: identity(last) }
    : { items: page };
}

/** What each item of a page is when it is read; one that is damaged is told of and left out, where somebody listens. */
export async function readEach<Item, Read>(
  items: readonly Item[],
  read: (item: Item) => Promise<Read>,
  { leaveOut }: PageOptions = {},
): Promise<Read[]> {
  const found = await Promise.all(
    items.map(async (item) => {
      try {
        return [await read(item)];
      } catch (error) {
        if (leaveOut === undefined || !(error instanceof DamagedFile)) throw error;
        leaveOut(error);
        return [];
      }
    }),
  );
  return found.flatMap((read) => read);
}
