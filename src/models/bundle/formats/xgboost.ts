import * as z from 'zod';
import { InputError } from '../../../common/errors.js';
import { readXgboost } from '../../xgboost/read-model.js';
import { bytesOf, type ModelFormat } from './format.js';

/** What the metadata keeps of a model that XGBoost saved: the rounds that count, first and past the last. */
const kept = z.object({ rounds: z.tuple([z.int(), z.int()]) });

/** A file of XGBoost's as it came. */
export const xgboostFormat: ModelFormat = {
  files: ['xgboost_model.json', 'xgboost_model.ubj'],
  open(body, file, { inputs, metadata }) {
    const { success, data } = kept.safeParse(metadata.xgboost);
    if (!success) throw new InputError(`${file}: the metadata does not say which of its rounds count`);
    const { model, named } = readXgboost(bytesOf(body), file, data.rounds);
    return named
      ? model
      : namedBy(
          model,
          inputs.map(({ name }) => name),
        );
  },
};

/** A file without names goes by the place of its features. @throws InputError where there are not as many */
export function namedBy(model: ReturnType<typeof readXgboost>['model'], names: string[]): typeof model {
  if (names.length === model.featureNames.length) return renamed(model, names);
  throw new InputError(
    `the model has ${model.featureNames.length} features and no names for them, found ${names.length} columns`,
  );
}

function renamed(model: ReturnType<typeof readXgboost>['model'], names: string[]): typeof model {
  const { xgboost, featureNames } = model;
  const nameOf = (old: string) => names[featureNames.indexOf(old)]!;
  const categories = Object.entries(xgboost!.categories).map(([old, list]) => [nameOf(old), list] as const);
  return {
    ...model,
    featureNames: names,
    xgboost: { ...xgboost!, categorical: xgboost!.categorical.map(nameOf), categories: Object.fromEntries(categories) },
  };
}
