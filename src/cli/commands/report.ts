import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { InputError, messageOf, NoSuchObject, WrongInput } from '../../common/errors.js';
import { fileError, makeFolder } from '../../common/files.js';
import { readOverrides } from '../../pipeline/overrides.js';
import { newestForeignRun } from '../../pipeline/foreign-runs.js';
import { newestResults } from '../../pipeline/stored-results.js';
import { readRows, resultsAt } from '../../pipeline/rows/read-rows.js';
import type { ResultsAt } from '../../pipeline/stored-results.js';
import type { Environment } from '../../platform/ports/environment.js';
import { activeOverrides } from '../../documents/ledger.js';
import { decisionNow } from '../../gates/decision-now.js';
import { tablesOf } from '../../report/export/tables.js';
import { exportedPage, type Embedded } from '../../report/export/stand-alone.js';
import { markdownOf } from '../../report/export/markdown.js';
import { openDocument, partOf } from '../../report/open.js';
import { mostBytes, shownBytes } from '../../report/shown-bytes.js';
import { explainedMessages, rowsMessage } from '../../report/monitoring/rows-view.js';
import { csvOf } from '../../report/export/csv.js';
import type { ReportContext } from '../../report/report-context.js';
import type { Block } from '../../report/blocks/blocks.js';
import type { CommandId } from '../../report/view.js';
import type { Act, Flags } from '../command-runner.js';
import { refuseIdle } from '../no-effect.js';
import { address } from '../../operations/buckets/address.js';
import type { Doors } from '../context.js';
import type { Output } from '../output.js';

const formats = ['html', 'markdown', 'csv'] as const;
type Format = (typeof formats)[number];

interface Source {
  name: string;
  text: string;
  /** Read to its end. */
  whole: boolean;
  /** Where the rows behind its figures are asked for; absent for a file of its own. */
  from?: { environment: Environment; results: ResultsAt; signal: AbortSignal };
}

export function addReport(program: Command, doors: Doors, act: Act): void {
  const ofFile = act.alone(async (output, [file], flags) => {
    await write(await fileSource(file as string), doors, flags, output);
  });
  const ofEnvironment = act(async ({ environment, output, signal }, [key], flags) => {
    const source = await environmentSource(environment, key as string | undefined, signal);
    await write(source, doors, flags, output);
  });
  program
    .command('report')
    .argument('[file-or-key]', 'a document (default: the newest monitoring results of the environment)')
    .option('--format <format>', formats.join(', '), 'html')
    .option('--out <file>', 'where to write it; html defaults to a file beside you, the others to standard output')
    .option('--table <name>', 'csv: which table (default: the first; --table list names them)')
    .option('--rows <n>', 'html: rows to put behind every cell, gate, slice and column', '25')
    .description('a document as one HTML file, as Markdown, or its tables as CSV')
    .action((...args: unknown[]) =>
      typeof args[0] === 'string' && existsSync(args[0]) ? ofFile(...args) : ofEnvironment(...args),
    );
}

async function fileSource(file: string): Promise<Source> {
  const found = await stat(file);
  if (found.isDirectory())
    throw new WrongInput({
      file,
      found: 'a folder',
      expected: 'a file of results, such as monitoring_results.json in it',
    });
  const { size } = found;
  if (size <= mostBytes) return { name: basename(file), text: await readFile(file, 'utf8'), whole: true };
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(shownBytes), 0, shownBytes, 0);
    return { name: basename(file), text: buffer.subarray(0, bytesRead).toString('utf8'), whole: false };
  } finally {
    await handle.close();
  }
}

async function environmentSource(
  environment: Environment,
  key: string | undefined,
  signal: AbortSignal,
): Promise<Source> {
  if (key === undefined) {
    const ours = await newestResults(environment);
    const theirs = ours === undefined ? await newestForeignRun(environment, { signal }) : undefined;
    if (theirs !== undefined)
      return { name: basename(theirs.key), text: JSON.stringify(theirs.found.document), whole: true };
    const results = ours ?? (await resultsAt(environment, undefined));
    return {
      name: basename(results.key),
      text: JSON.stringify(results.results),
      whole: true,
      from: { environment, results, signal },
    };
  }
  const at = address(key);
  const bytes = await environment.objects.read(at.key, { bucket: at.bucket, signal });
  if (bytes === undefined) {
    throw new InputError(`report: found no file and no object "${key}" in ${environment.name}; see: mlops bucket ls`);
  }
  const text = Buffer.from(bytes).toString('utf8');
  const own = at.bucket === undefined && at.key.endsWith('/monitoring_results.json');
  const results = own ? await resultsAt(environment, at.key).catch(() => undefined) : undefined;
  return { name: basename(at.key), text, whole: true, ...(results ? { from: { environment, results, signal } } : {}) };
}

async function write(source: Source, doors: Doors, flags: Flags, output: Output): Promise<void> {
  const format = formatOf(flags.format);
  refuseIdle('report', flags, [
    { option: 'table', met: format === 'csv', expected: 'expected --format csv beside it' },
    { option: 'rows', met: format === 'html', expected: 'only --format html holds rows', unless: '25' },
  ]);
  const commands: CommandId[] = [
    'copyMarkdown',
    'copyCsv',
    'saveCsv',
    ...(source.from ? (['showRows', 'explainRow'] as const) : []),
  ];
  const context = { ...(await decidedNow(source, new Date())), commands };
  const message = source.whole
    ? openDocument(source.name, source.text, context)
    : partOf(source.name, source.text, context);
  if (message.type === 'raw' && source.whole && !isJson(source.text)) {
    throw new InputError(`${source.name}: found no JSON, expected a document`);
  }
  if (format === 'html') {
    const rows = await embeddedRows(source, rowsFlag(flags.rows), output);
    const page = exportedPage({ message, ...rows }, await pageParts(doors, source.name));
    const out = (flags.out as string | undefined) ?? `${source.name.replace(/\.jsonl?$/, '')}.html`;
    await save(out, page);
    output.result(
      { kind: 'exported-report', schemaVersion: 1, format, out, bytes: Buffer.byteLength(page) },
      () => out,
    );
    return;
  }
  if (message.type === 'raw') throw new InputError(`${source.name}: ${message.reason}`);
  const text =
    format === 'markdown' ? markdownOf(message.view) : csvText(message.view, flags.table as string | undefined);
  const out = flags.out as string | undefined;
  if (out !== undefined) await save(out, text);
  output.result(
    { kind: 'exported-report', schemaVersion: 1, format, ...(out === undefined ? { text } : { out }) },
    () => out ?? text.replace(/\r?\n$/, '').split(/\r?\n/),
  );
}

/** Written in place, so that a pipe or a terminal can be named too; its folder is made, as by every `--out`. */
async function save(path: string, text: string): Promise<void> {
  await makeFolder(dirname(resolve(path)));
  await writeFile(path, text).catch((error: unknown) => {
    throw fileError('write', path, error);
  });
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
async function decidedNow({ from }: Source, now: Date): Promise<Omit<ReportContext, 'commands'>> {
  if (!from || from.results.results.environment !== from.environment.name) return { overrides: [], now };
  const overrides = activeOverrides(await readOverrides(from.environment), now);
  return { overrides, now, decisionNow: decisionNow(from.results.results, overrides, now) };
}

function rowsFlag(text: unknown): number {
  const rows = Number(text);
  if (Number.isInteger(rows) && rows >= 0) return rows;
  throw new InputError(`--rows: found "${String(text)}", expected a whole number from 0`);
}

function formatOf(text: unknown): Format {
  const format = formats.find((one) => one === text);
  if (format) return format;
  throw new InputError(`--format: found "${String(text)}", expected ${formats.join(', ')}`);
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

/** So many columns and slices get their rows: the first, which stand out most. */
const mostOpening = 20;

/** The rows behind every cell and gate, and behind what drifted most, each with what moved its score. */
async function embeddedRows({ from, text }: Source, most: number, output: Output): Promise<Omit<Embedded, 'message'>> {
  const embedded: Omit<Embedded, 'message'> = { rows: {}, explained: {} };
  if (!from || !(most > 0)) return embedded;
  const { environment, results, signal } = from;
  for (const selection of selectionsOf(results, text)) {
    try {
      const wish = { selection, limit: most, signal };
      // A version that is gone, or a model without contributions, still leaves the rows.
      const explained = await readRows(environment, results, { ...wish, contributions: true }).catch(() => undefined);
      const rows = explained ?? (await readRows(environment, results, { ...wish, contributions: false }));
      embedded.rows[selection] = rowsMessage(rows, explained !== undefined);
      for (const one of explained ? explainedMessages(explained) : []) embedded.explained[one.record] = one;
    } catch (error) {
      output.note(`${selection}: its rows are left out: ${messageOf(error)}`);
      // Without a table there is nothing behind any other figure either.
      if (error instanceof NoSuchObject) break;
    }
  }
  return embedded;
}

function selectionsOf({ results }: ResultsAt, text: string): string[] {
  const opened = openDocument('results', text, { overrides: [], now: new Date(), commands: ['showRows'] });
  if (opened.type === 'raw' || opened.view.kind !== 'monitoring') return [];
  const cells = results.confusion_matrix ? ['cell:fn', 'cell:fp', 'cell:tp', 'cell:tn'] : [];
  return [...new Set([...cells, ...opened.view.sections.flatMap(({ block }) => openingIn(block))])];
}

/** What a press on a section's gates, or on its first rows, would open. */
function openingIn(block: Block): string[] {
  if (block.type === 'gates') return block.gates.flatMap(({ evidence }) => evidence?.action?.argument ?? []);
  return block.type === 'table' ? block.rows.slice(0, mostOpening).flatMap(({ open }) => open?.argument ?? []) : [];
}

async function pageParts({ webview }: Doors, title: string) {
  const [script, style] = await Promise.all(
    ['report.js', 'report.css'].map((name) => readFile(join(webview, name), 'utf8')),
  );
  return {
    title,
    script: withoutMap(script!),
    style: withoutMap(style!),
    nonce: randomBytes(18).toString('base64url'),
  };
}

/** A source map would be looked for beside the exported file. */
function withoutMap(text: string): string {
  return text.replace(/^(\/\/# sourceMappingURL=.*|\/\*# sourceMappingURL=.*\*\/)$/gm, '');
}
