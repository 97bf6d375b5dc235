import { classCounts, matrixAgreement, type ClassCounts } from './class-matrix.js';

/** What the figures of a classifier of several classes are computed from. */
export interface MulticlassRows {
  counts: ClassCounts;
  /** What the probabilities say; a value is null with its reason. */
  loss: Reasoned;
  /** Area under the ROC curve of each class against the rest. */
  areas: readonly Reasoned[];
}
export interface Reasoned {
  value: number | null;
  reason: string | null;
}
type Rate = [part: number, whole: number];

/** One figure of the whole model, or (with `place`) of one class against the rest. */
export interface MulticlassFigure {
  value: (rows: MulticlassRows, place: number) => number | null;
  /** Why it is null, where there are rows. */
  none: (rows: MulticlassRows, place: number) => string;
  /** Its numerator and denominator, where it is a rate. */
  parts?: (counts: ClassCounts, place: number) => Rate;
  /** Which rows it needs a minimum of; absent: all of them. */
  size?: (counts: ClassCounts, place: number) => number;
  /** `wilson`: Wilson's interval of a rate; `bootstrap`: of resampled rows; `delong`: of areas, by their covariances. */
  interval: 'wilson' | 'bootstrap' | 'delong';
}

const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : null);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const rate = (parts: (counts: ClassCounts, place: number) => Rate, none: string): MulticlassFigure => ({
  value: ({ counts }, place) => ratio(...parts(counts, place)),
  none: () => none,
  parts,
  size: (counts, place) => parts(counts, place)[1],
  interval: 'wilson',
});
const counted = (of: (counts: ClassCounts) => number | null): MulticlassFigure => ({
  value: ({ counts }) => (counts.total > 0 ? of(counts) : null),
  none: () => 'labels or predictions are of one class',
  interval: 'bootstrap',
});
/** Over the classes that occur among labels or predictions; one without a denominator counts 0, as in scikit-learn. */
const macro = (name: keyof typeof ofClass) =>
  counted((counts) => {
    const occurring = counts.places.filter((place) => counts.support[place]! > 0 || counts.foretold[place]! > 0);
    return sum(occurring.map((place) => ofClass[name](counts, place) ?? 0)) / occurring.length;
  });
/** Over all classes, by their share of the labels. */
const weighted = (name: keyof typeof ofClass) =>
  counted((counts) =>
    sum(counts.places.map((place) => (counts.support[place]! / counts.total) * (ofClass[name](counts, place) ?? 0))),
  );

const ofClass = {
  precision: ({ hits, foretold }: ClassCounts, place: number) => ratio(hits[place]!, foretold[place]!),
  recall: ({ hits, support }: ClassCounts, place: number) => ratio(hits[place]!, support[place]!),
  f1: ({ hits, support, foretold }: ClassCounts, place: number) =>
    ratio(2 * hits[place]!, support[place]! + foretold[place]!),
};
const accuracy = rate(({ hits, total }) => [sum(hits), total], 'no rows');

/**
 * Every figure of a classifier of several classes as a whole, in the order of documents; definitions are scikit-learn's.
 * A new figure is one entry here, and its words in `project/known-figures.ts`.
 */
export const multiclassFigures = {
  accuracy,
  balanced_accuracy: counted((counts) => {
    const present = counts.places.filter((place) => counts.support[place]! > 0);
    return present.length < 2 ? null : sum(present.map((place) => ofClass.recall(counts, place)!)) / present.length;
  }),
  macro_precision: macro('precision'),
  macro_recall: macro('recall'),
  macro_f1: macro('f1'),
  weighted_precision: weighted('precision'),
  weighted_recall: weighted('recall'),
  weighted_f1: weighted('f1'),
  micro_precision: accuracy,
  micro_recall: accuracy,
  micro_f1: accuracy,
  mcc: counted((counts) => matrixAgreement(counts).mcc),
  kappa: counted((counts) => matrixAgreement(counts).kappa),
  log_loss: {
    value: ({ loss }) => loss.value,
    none: ({ loss }) => loss.reason ?? 'no rows',
    interval: 'bootstrap',
  },
  roc_auc_ovr: averageArea((areas) => sum(areas) / areas.length),
  roc_auc_ovr_weighted: averageArea((areas, { support, total }) =>
    sum(areas.map((area, place) => (support[place]! / total) * area)),
  ),
} satisfies Record<string, MulticlassFigure>;
export type MulticlassFigureName = keyof typeof multiclassFigures;

/** Every figure of one class against the rest; a rule names the class: `recall{comp1}`. */
export const classFigures = {
  precision: rate(({ hits, foretold }, place) => [hits[place]!, foretold[place]!], 'no row was predicted as it'),
  recall: rate(({ hits, support }, place) => [hits[place]!, support[place]!], 'no row is of this class'),
  f1: {
    value: ({ counts }, place) => ofClass.f1(counts, place),
    none: () => 'no row is of this class, or was predicted as it',
    size: ({ support }, place) => support[place]!,
    interval: 'bootstrap',
  },
  roc_auc: {
    value: ({ areas }, place) => areas[place]!.value,
    none: ({ areas }, place) => areas[place]!.reason ?? 'no rows',
    size: ({ support }, place) => support[place]!,
    interval: 'bootstrap',
  },
} satisfies Record<string, MulticlassFigure>;
export type ClassFigureName = keyof typeof classFigures;

/** Of all classes, each of which must have one. */
function averageArea(average: (areas: number[], counts: ClassCounts) => number): MulticlassFigure {
  return {
    value: ({ areas, counts }) => {
      const values = areas.flatMap(({ value }) => (value === null ? [] : [value]));
      return values.length < areas.length || values.length < 2 ? null : average(values, counts);
    },
    none: ({ areas }) => areas.find(({ value }) => value === null)?.reason ?? 'only one class',
    interval: 'delong',
  };
}

/** The figures of the counts alone: what a resample of them gives. */
export function countedRows(confusion: readonly (readonly number[])[]): MulticlassRows {
  const counts = classCounts(confusion);
  const none = { value: null, reason: 'not drawn' };
  return { counts, loss: none, areas: counts.places.map(() => none) };
}
