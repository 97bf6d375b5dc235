import { InputError } from '../../common/errors.js';
import { inputContributions } from '../../models/explain/row-contributions.js';
import type { Matrix } from '../../models/table/matrix.js';
import type { Predictor } from '../predictor.js';
import { badRequest, RequestError } from '../request-error.js';

/** What moved the score of a row, for one class where there are several. */
export interface Explanation {
  class?: string;
  /** `log odds`, `probability` or `target`: of what base and changes add up to. */
  unit: string;
  base: number;
  /** By input, as SHAP has it. */
  changes: Record<string, number>;
}

/** Trees are walked once for every row and path: more rows are no single answer. */
const mostRows = 1000;

/**
 * Explanations of rows, a list of classes a row; of the predicted class unless others are asked for.
 * @param asked `predicted`, `all`, or names of classes, a comma between two
 * @throws RequestError (400, 413)
 */
export function explanationsOf(
  { bundle, inputs, classes }: Predictor,
  table: Matrix,
  asked: string,
  predicted: readonly (number | string)[],
): Explanation[][] {
  if (table.rows > mostRows)
    throw new RequestError(413, `found ${table.rows} rows to explain, expected ${mostRows} in one request at most`);
  const places = placesOf(classes, asked);
  const each = predicted.map((name) => places ?? [classes === undefined ? 0 : classes.indexOf(String(name))]);
  try {
    return inputContributions(bundle, table, each).map((told, row) =>
      told.map(({ unit, base, changes }, at) => ({
        ...(classes && { class: classes[each[row]![at]!] }),
        ...{ unit, base },
        changes: Object.fromEntries(inputs.map(({ name }, place) => [name, changes[place]!])),
      })),
    );
  } catch (error) {
    if (error instanceof InputError) throw badRequest(`explain: ${error.message}`);
    throw error;
  }
}

/** The classes that are asked for; undefined: the predicted one of each row. */
function placesOf(classes: readonly string[] | undefined, asked: string): number[] | undefined {
  if (asked === 'predicted') return undefined;
  if (classes === undefined) {
    if (asked === 'all') return undefined;
    throw badRequest(`explain: found "${asked}", expected predicted: the model has no classes by name`);
  }
  if (asked === 'all') return [...classes.keys()];
  // A class may be called anything, also with a comma in it.
  const whole = classes.indexOf(asked);
  if (whole >= 0) return [whole];
  return asked.split(',').map((name) => {
    const place = classes.indexOf(name.trim());
    if (place < 0)
      throw badRequest(`explain: found "${name.trim()}", expected predicted, all or one of ${classes.join(', ')}`);
    return place;
  });
}
