import type { ForeignSummary } from '../../documents/foreign/foreign-files.js';
import type { Block, PageView, TilesBlock } from '../blocks/blocks.js';
import { nameOf } from '../format/figure-names.js';
import { figureOf, formatNumber } from '../format/numbers.js';
import { anyCell, textCell, valueText } from '../blocks/cells.js';
import type { FactView } from '../view.js';
import { capital, shortened } from '../format/words.js';
import { othersOrigin, page, type PageContext } from '../blocks/page.js';

/** Figures of quality by their names; all other numbers are settings or counts. */
const quality =
  /(^|_)(auc|recall|precision|f1|fbeta|accuracy|r2|rmse|mae|mape|loss|brier|gap|score|ap)(_|$)|train_score|test_score/;

/** A flat file of another system: its figures as tiles, everything else in order. */
export function summaryPage(
  { name, content }: ForeignSummary,
  context: PageContext,
  origin: string | null = othersOrigin,
): PageView {
  const entries = Object.entries(content).filter(([key]) => key !== 'kind' && key !== 'schemaVersion');
  const tiles = entries.filter((entry): entry is [string, number] => isQuality(entry[0], entry[1]));
  const beside = Object.fromEntries(entries.filter(([key, value]) => !isQuality(key, value) && isScalar(value)));
  return page(context, {
    about: 'foreign-summary',
    title: name.toLowerCase(),
    origin,
    headline: name,
    summary: sentenceOf(tiles),
    facts: besideFacts(beside),
    blocks: [
      ...(tiles.length > 0 ? [tilesOf(tiles)] : []),
      ...entries.flatMap(([key, value]) => (isScalar(value) ? [] : blockOf(key, value))),
    ],
  });
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function isQuality(key: string, value: unknown): boolean {
  return typeof value === 'number' && quality.test(key) && !key.includes('threshold');
}

function sentenceOf(tiles: [string, number][]): string {
  const told = tiles.slice(0, 3).map(([key, value]) => `${titleOf(key)} ${formatNumber(value)}`);
  return told.length > 0 ? `${capital(told.join(', '))}.` : 'It holds no figure of quality.';
}

function titleOf(key: string): string {
  return nameOf(key).title;
}

function tilesOf(tiles: [string, number][]): TilesBlock {
  return {
    type: 'tiles',
    id: 'figures',
    title: 'Figures',
    tiles: tiles.map(([id, value]) => ({ id, title: titleOf(id), value: figureOf(value), note: '' })),
  };
}

/** What stands beside the figures, in the document's own words. */
export function besideFacts(beside: Record<string, unknown>): FactView[] {
  return Object.entries(beside)
    .filter(([, value]) => isScalar(value))
    .map(([key, value]) => {
      const text =
        typeof value === 'number' ? formatNumber(value, Number.isInteger(value) ? 0 : undefined) : textOf(value);
      const short = shortened(text, 40);
      return { label: capital(key.replaceAll('_', ' ')), text: short, full: short === text ? null : text };
    });
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return 'not recorded';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : valueText(value);
}

/** A record of numbers becomes a table, a list of names a line, a record of records a table with a column a figure. */
function blockOf(key: string, value: unknown): Block[] {
  const title = capital(key.replaceAll('_', ' '));
  if (Array.isArray(value)) {
    return value.length === 0 ? [] : [{ type: 'text', id: key, title, lines: [value.map(valueText).join(', ')] }];
  }
  const entries = Object.entries(value as object);
  if (entries.length === 0) return [];
  const nested = entries.filter(([, one]) => !isScalar(one) && !Array.isArray(one));
  const columns =
    nested.length === entries.length ? [...new Set(nested.flatMap(([, one]) => Object.keys(one as object)))] : null;
  return [
    {
      type: 'table',
      id: key,
      title,
      columns: [
        { id: 'name', title: 'Name' },
        ...(columns ?? ['value']).map((id) => ({ id, title: id.replaceAll('_', ' '), number: true })),
      ],
      rows: entries.map(([name, one]) => ({
        id: name,
        cells: [
          textCell(name, 40),
          ...(columns ? columns.map((id) => anyCell((one as Record<string, unknown>)[id])) : [anyCell(one)]),
        ],
      })),
    },
  ];
}
