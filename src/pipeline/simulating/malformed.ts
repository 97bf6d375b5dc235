import type { Value } from './rows.js';

export interface Body {
  text: string;
  contentType: string;
}

type Row = Record<string, Value>;

const json = (text: string): Body => ({ text, contentType: 'application/json' });
export const bodyOf = (row: Row): Body => json(JSON.stringify({ features: row }));

/** What callers get wrong, by a name for the answer. */
export const malformed: Readonly<Record<string, (row: Row) => Body>> = {
  'cut off': (row) => {
    const { text } = bodyOf(row);
    return json(text.slice(0, Math.ceil(text.length / 2)));
  },
  empty: () => json(''),
  'no features': () => json('{}'),
  'a text for a number': (row) => json(JSON.stringify({ features: textForNumber(row) })),
  'a list in a value': (row) => json(JSON.stringify({ features: { ...row, [Object.keys(row)[0] ?? '']: [1, 2] } })),
  'another content type': (row) => ({ text: bodyOf(row).text, contentType: 'image/png' }),
};

function textForNumber(row: Row): Record<string, unknown> {
  const column = Object.keys(row).find((name) => typeof row[name] === 'number') ?? Object.keys(row)[0] ?? '';
  return { ...row, [column]: 'not a number' };
}
