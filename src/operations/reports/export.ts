import { InputError } from '../../common/errors.js';
import { activeOverrides } from '../../documents/ledger.js';
import { decisionNow } from '../../gates/decision-now.js';
import { readOverrides } from '../../pipeline/overrides.js';
import { csvOf } from '../../report/export/csv.js';
import { markdownOf } from '../../report/export/markdown.js';
import { exportedPage } from '../../report/export/stand-alone.js';
import { tablesOf } from '../../report/export/tables.js';
import { openDocument, partOf } from '../../report/open.js';
import type { ReportContext } from '../../report/report-context.js';
import type { CommandId } from '../../report/view.js';
import { reads, type At } from '../operation.js';
import { embeddedRows } from './embedded-rows.js';
import { environmentSource, type ReportSource } from './report-source.js';

export const reportFormats = ['html', 'markdown', 'csv'] as const;

export interface ReportWish {
  format: (typeof reportFormats)[number];
  /** html: rows to put behind every cell, gate, slice and column. */
  rows: number;
  /** csv: which table, the first without it; `list` names them. */
  table?: string;
  /** html: what makes a page of its own. */
  page: (title: string) => Promise<Parameters<typeof exportedPage>[1]>;
}

export interface ExportedReport {
  /** Of the document. */
  name: string;
  text: string;
}

/** A document of the environment, the newest results without a key, as a page, as Markdown, or one of its tables as CSV. */
export const exportReport = reads(
  'reports.export',
  async (at, { key, ...wish }: ReportWish & { key: string | undefined }): Promise<ExportedReport> =>
    exported(await environmentSource(at, key), wish, at.progress),
);

/** The same of a document that was read already. @throws InputError for one that is none */
export async function exported(
  source: ReportSource,
  { format, rows, table, page }: ReportWish,
  tell: At['progress'],
): Promise<ExportedReport> {
  const { name } = source;
  const commands: CommandId[] = [
    'copyMarkdown',
    'copyCsv',
    'saveCsv',
    ...(source.from ? (['showRows', 'explainRow'] as const) : []),
  ];
  const context = { ...(await decidedNow(source, new Date())), commands };
  const message = source.whole ? openDocument(name, source.text, context) : partOf(name, source.text, context);
  if (message.type === 'raw' && source.whole && !isJson(source.text))
    throw new InputError(`${name}: found no JSON, expected a document`);
  if (format === 'html') {
    const embedded = await embeddedRows(source, rows, tell);
    return { name, text: exportedPage({ message, ...embedded }, await page(name)) };
  }
  if (message.type === 'raw') throw new InputError(`${name}: ${message.reason}`);
  return { name, text: format === 'markdown' ? markdownOf(message.view) : csvText(message.view, table) };
}

/** A document, or several, one a line. */
function isJson(text: string): boolean {
  const parses = (one: string) => {
    try {
      JSON.parse(one);
      return true;
    } catch {
      return false;
    }
  };
  return parses(text) || parses(text.trimStart().split('\n', 1)[0]!);
}

/** Overrides of the environment count for its own results, as they do in the editor. */
async function decidedNow({ from }: ReportSource, now: Date): Promise<Omit<ReportContext, 'commands'>> {
  if (!from || from.results.results.environment !== from.environment.name) return { overrides: [], now };
  const overrides = activeOverrides(await readOverrides(from.environment), now);
  return { overrides, now, decisionNow: decisionNow(from.results.results, overrides, now) };
}

function csvText(view: Parameters<typeof tablesOf>[0], wanted: string | undefined): string {
  const tables = tablesOf(view);
  const names = tables.map(({ id }) => id).join(', ');
  if (wanted === 'list')
    return `${tables.map(({ id, title }) => `${id}\t${title}`.replace(/[\r\n]+/g, ' ')).join('\n')}\n`;
  const table = wanted === undefined ? tables[0] : tables.find(({ id }) => id === wanted);
  if (!table)
    throw new InputError(
      `--table: found "${wanted ?? 'none'}", expected one of: ${names || 'this document has no table'}`,
    );
  return csvOf(table);
}
