/** `"name"`, safe for any column, view or table name. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `'text'`, safe for any path or value that cannot be a parameter. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** `['a', 'b']` as a DuckDB list of texts. */
export const literals = (texts: readonly string[]): string => `[${texts.map(literal).join(', ')}]`;

/**
 * A relation over Parquet files of one table. Files may lack columns that others have (united by name);
 * the folders' `year=…` stay out of the columns. `files` are paths on this machine.
 */
export const parquetFiles = (files: readonly string[]): string =>
  `read_parquet(${literals(files)}, union_by_name = true, hive_partitioning = false)`;
