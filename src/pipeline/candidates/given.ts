import { PartError } from '../../common/errors.js';
import type { UrlModel } from '../../models/bundle/outside-model.js';
import type { LinearModel } from '../../models/linear/linear-model.js';
import { textsOf } from '../../models/table/texts.js';
import type { Matrix } from '../../models/table/matrix.js';
import { givenOf, type Given } from '../../project/elsewhere.js';
import type { Candidate } from '../../project/schema.js';
import { sortedClasses } from '../evaluating/classes.js';

/** What says of a candidate's predictions where they stand. @throws PartError for a candidate without */
function mustBeGiven(candidate: Candidate): Given {
  const given = givenOf(candidate);
  if (given !== undefined) return given;
  throw new PartError('parameters', 'found no columns of predictions, expected "score", "class" or "scores"');
}

/**
 * The classes that predictions made elsewhere tell apart: those with a score each; without, all that are predicted or
 * found in the reference.
 */
export function givenClasses(candidate: Candidate, matrix: Matrix, labels: readonly string[]): string[] {
  const { scores, class: column, url } = mustBeGiven(candidate);
  if (url !== undefined) return sortedClasses(labels);
  if (scores !== undefined) return Object.keys(scores);
  const predicted = textsOf(matrix, column!).filter((name) => name !== null);
  return sortedClasses([...labels, ...predicted]);
}

/**
 * The endpoint that is asked; else what hands columns of scores on as they are: one a class, none where only the
 * predicted class is known.
 */
export function givenModel(candidate: Candidate, classes: readonly string[] = []): LinearModel | UrlModel {
  const { score, scores, url, token, request = 'records', private: isPrivate } = mustBeGiven(candidate);
  if (url !== undefined)
    return { kind: 'url', url, request, ...(token && { token }), ...(isPrivate && { private: isPrivate }) };
  const columns = score === undefined ? Object.values(scores ?? {}) : [score];
  const outputs = score === undefined ? classes.length : 1;
  return {
    ...{ kind: 'linear', link: 'identity', featureNames: columns },
    coefficients: Array.from({ length: outputs }, (_, output) => columns.map((_, column) => Number(column === output))),
    intercepts: Array.from({ length: outputs }, () => 0),
    ...{ converged: true, iterations: 0, gradient: 0, parameters: { ...candidate.parameters } },
  };
}

/** Goes into the bundle's metadata: which column names the predicted class, where one does, and whether scores are beside. */
export function givenMetadata(candidate: Candidate): Record<string, unknown> {
  const { class: column, scores } = mustBeGiven(candidate);
  return column === undefined ? {} : { predicted_class_column: column, has_scores: scores !== undefined };
}
