import type { Bundle } from '../../models/bundle/bundle.js';
import { ownModel } from '../../models/bundle/outside-model.js';
import { modelTable } from '../../models/bundle/score.js';
import { predict } from '../../models/predict.js';
import type { Matrix } from '../../models/table/matrix.js';
import { quickScorer } from '../../models/trees/quick-scores.js';
import { availableParallelism } from 'node:os';
import { threadCrew } from '../workers/crew.js';

/** Scores some rows at a time: columns in the order of the bundle's inputs, words for those of categories. */
export interface RowScorer {
  score(columns: (Float64Array | (string | null)[])[], rows: number): Float64Array[];
  close(): void;
}

const mostThreads = 4;

/**
 * What scores rows with a bundle: its preprocessing, and its model in as many threads as help.
 * @param seen is shown all rows as they came
 * @throws InputError for a model that others compute
 */
export async function rowScorer(bundle: Bundle, most: number, seen?: (rows: Matrix) => void): Promise<RowScorer> {
  const model = ownModel(bundle);
  const threads = Math.min(mostThreads, availableParallelism());
  const crew = threads > 1 ? threadCrew(threads) : undefined;
  const quick = model.kind === 'trees' ? await quickScorer(model, most, crew) : undefined;
  return {
    score(columns, rows) {
      const given = matrixOf(bundle, columns, rows);
      seen?.(given);
      const table = modelTable(bundle, given);
      return quick?.predict(table) ?? predict(model, table);
    },
    close: () => quick?.close(),
  };
}

/** Rows as a model takes them: words become codes of their own. */
export function matrixOf({ inputs }: Bundle, columns: (Float64Array | (string | null)[])[], rows: number): Matrix {
  const categories: Record<string, string[]> = {};
  const values = columns.map((column, at) => {
    if (column instanceof Float64Array) return column;
    const codes = new Map<string, number>();
    const coded = Float64Array.from(column, (word) => {
      if (word === null || word === '') return NaN;
      const known = codes.get(word);
      if (known !== undefined) return known;
      codes.set(word, codes.size);
      return codes.size - 1;
    });
    categories[inputs[at]!.name] = [...codes.keys()];
    return coded;
  });
  return { columns: inputs.map(({ name }) => name), values, rows, categories };
}
