import { randomBytes } from 'node:crypto';
import { checkedJson } from '../../common/json-files.js';
import { keys, momentAfter, stampOf } from '../../documents/keys.js';
import { ledgerEntrySchema, type LedgerEntry } from '../../documents/ledger.js';
import { helpFor } from '../../documents/errors/mending.js';
import type { LedgerReader, LedgerWriter } from '../ports/ledger.js';
import type { ObjectReader, ObjectWriter } from '../ports/objects.js';
import { collect } from '../ports/pages.js';
import { pageOf, readEach } from './paging.js';

const prefix = 'ledger/';

/** One object an entry, newest first: keys sort as they were written. */
export function ledgerReader(objects: ObjectReader): LedgerReader {
  return {
    async list(options = {}) {
      const found = await keysIn(objects, options.signal);
      const page = pageOf(found.reverse(), (key) => key, { limit: 100, ...options });
      return { ...page, items: await readEach(page.items, (key) => readEntry(objects, key), options) };
    },
  };
}

export function ledgerWriter(objects: ObjectWriter, reader: ObjectReader): LedgerWriter {
  return {
    async append(entry, options) {
      const newest = (await keysIn(reader, options?.signal)).at(-1);
      const key = newKey(new Date(entry.at), newest);
      await objects.put(key, JSON.stringify(entry, null, 2) + '\n', { ...options, ifAbsent: true });
    },
  };
}

async function keysIn(objects: ObjectReader, signal?: AbortSignal): Promise<string[]> {
  const entries = await collect((page) => objects.list(prefix, page), { signal });
  return entries.map(({ key }) => key);
}

async function readEntry(objects: ObjectReader, key: string): Promise<LedgerEntry> {
  return checkedJson((await objects.read(key)) ?? new Uint8Array(), ledgerEntrySchema, key, helpFor(key));
}

let written = 0;

/**
 * Entries of one second keep their order by milliseconds, those of one millisecond by the process's own count. One that
 * would stand before the newest, for a clock ran ahead, comes a second after it.
 */
function newKey(at: Date, newest: string | undefined): string {
  const key = keyAt(at);
  return newest === undefined || key > newest ? key : keyAt(momentAfter(newest.slice(prefix.length), at));
}

function keyAt(at: Date): string {
  const order = `${String(at.getUTCMilliseconds()).padStart(3, '0')}${String(written++ % 1000).padStart(3, '0')}`;
  const stamp = stampOf(at, '').slice(0, 15);
  return keys.ledgerEntry(`${stamp}-${order}-${randomBytes(3).toString('hex')}`);
}
