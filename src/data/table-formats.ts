export const tableFormats = ['csv', 'tsv', 'parquet', 'json', 'jsonl', 'xlsx'] as const;
export type TableFormat = (typeof tableFormats)[number];

const formats: [RegExp, TableFormat][] = [
  [/\.csv(\.gz)?$/i, 'csv'],
  [/\.tsv(\.gz)?$/i, 'tsv'],
  [/\.parquet$/i, 'parquet'],
  [/\.json(\.gz)?$/i, 'json'],
  [/\.(jsonl|ndjson)(\.gz)?$/i, 'jsonl'],
  [/\.xls[xm]$/i, 'xlsx'],
];

/** The endings that tables have, for messages and help. */
export const tableEndings = '.csv, .tsv, .parquet, .json, .jsonl or .xlsx';

/** What a file's name says that it is. */
export const formatOf = (path: string): TableFormat | undefined => formats.find(([pattern]) => pattern.test(path))?.[1];

/** Whether a file's name says that it is a table. */
export const isTable = (path: string): boolean => formatOf(path) !== undefined;
