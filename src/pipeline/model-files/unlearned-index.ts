import { basename } from 'node:path';

/** Said where a learner passes over the column that pandas wrote as the index of a table. */
export const unlearnedIndex = (file: string, name: string): string =>
  `${basename(file)}: column ${name} is the table's index, as pandas wrote it, and is not learned from; if it measures something: reset_index() before to_parquet()`;
