import { WrongInput } from '../../common/errors.js';

/** Labels as their file has them. */
export interface LabelFile {
  name: string;
  /** By what their rows are known: `id`, by a record's or inference's; else by entity, and time where the file has it. */
  by: 'id' | 'entity' | 'entity and time';
  rows: { id: string; time: string | null; label: string | null }[];
  /** They are values of the target already, for features.sql made them; else as people write them. */
  made: boolean;
}

/** A record of a batch, as labels are held against it. */
export interface LabelledRecord {
  recordId: string;
  entity: string;
  /** As text, `T` between date and time. */
  time: string | null;
}

export interface Matched {
  /** Labels as they were written, by record id. */
  labels: Map<string, string>;
  /** Places in the file of the rows that were matched. */
  places: Set<number>;
}

/**
 * Which records of a batch the rows of a file label. Rows without a label are passed over. A time in the file fits one of
 * the batch that says the same day or moment: `2026-03-01` and `2026-03-01T00:00:00`.
 * @throws WrongInput where one record has two labels, or a name fits several records
 */
export function matchLabels({ name, by, rows }: LabelFile, records: readonly LabelledRecord[]): Matched {
  const keyOf = (id: string, time: string | null) => (by === 'entity and time' ? `${id} ${momentOf(time)}` : id);
  const known = new Map<string, string>();
  for (const { recordId, entity, time } of records) {
    const key = by === 'id' ? recordId : keyOf(entity, time);
    if (by === 'entity' && known.has(key) && rows.some(({ id }) => id === key))
      throw new WrongInput({
        file: name,
        found: `no time beside ${key}, of which there are several rows`,
        expected: 'a column of their times',
      });
    known.set(key, recordId);
  }
  const matched: Matched = { labels: new Map(), places: new Set() };
  for (const [at, { id, time, label }] of rows.entries()) {
    const record = known.get(keyOf(id, time));
    if (record === undefined || label === null) continue;
    const before = matched.labels.get(record);
    if (before !== undefined && before !== label)
      throw new WrongInput({
        file: name,
        found: `${id} twice, as ${before} and as ${label}`,
        expected: 'one label a row',
      });
    matched.labels.set(record, label);
    matched.places.add(at);
  }
  return matched;
}

const momentOf = (time: string | null): string =>
  (time ?? '').replace(/T00:00:00(\.0+)?(Z|\+00)?$/, '').replace(/\+00$/, '');
