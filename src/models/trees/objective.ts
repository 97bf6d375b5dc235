/** How raw scores become predictions, and how many outputs the objective has (null: as many as the model has). */
export interface ObjectiveTransform {
  transform: 'identity' | 'sigmoid' | 'softmax' | 'exp' | 'log1p-exp' | 'signed-square';
  sigmoid: number;
  outputs: number | null;
}

const IDENTITY = new Set([
  ...['regression', 'regression_l2', 'l2', 'mean_squared_error', 'mse', 'regression_l1', 'l1', 'mean_absolute_error'],
  ...['mae', 'huber', 'fair', 'quantile', 'mape', 'lambdarank', 'rank_xendcg', 'custom', 'none', 'null', 'na'],
]);

/** Reads an objective as LightGBM's files spell it, such as `binary sigmoid:1` or `multiclass num_class:5`. */
export function parseObjective(text: string): ObjectiveTransform | { problem: string } {
  const [name = '', ...options] = text.split(' ').filter((word) => word !== '');
  const option = (key: string) => options.find((word) => word.startsWith(`${key}:`))?.slice(key.length + 1);
  const sigmoid = Number(option('sigmoid') ?? 1);
  if (!(sigmoid > 0)) return { problem: `objective "${text}" with a sigmoid that is not above 0` };
  const of = (transform: ObjectiveTransform['transform'], outputs: number | null = 1) => ({
    transform,
    sigmoid,
    outputs,
  });
  if (name === 'multiclass' || name === 'softmax' || name === 'multiclassova' || name === 'ova') {
    const classes = Number(option('num_class'));
    if (!Number.isInteger(classes) || classes < 1) return { problem: `objective "${text}" without num_class` };
    return of(name === 'multiclass' || name === 'softmax' ? 'softmax' : 'sigmoid', classes);
  }
  if (name === 'binary') return of('sigmoid');
  if (name === 'cross_entropy' || name === 'xentropy') return { ...of('sigmoid'), sigmoid: 1 };
  if (name === 'cross_entropy_lambda' || name === 'xentlambda') return of('log1p-exp');
  if (name === 'poisson' || name === 'gamma' || name === 'tweedie') return of('exp');
  if (!IDENTITY.has(name)) return { problem: `objective "${text}"` };
  return options.includes('sqrt') ? of('signed-square') : of('identity', null);
}

/** Turns raw scores, one array a class, into predictions, in place. */
export function applyObjective(scores: Float64Array[], { transform, sigmoid }: ObjectiveTransform): void {
  if (transform === 'identity') return;
  if (transform === 'softmax') return softmax(scores);
  for (const column of scores)
    for (let row = 0; row < column.length; row++) {
      const score = column[row]!;
      if (transform === 'sigmoid') column[row] = 1 / (1 + Math.exp(-sigmoid * score));
      else if (transform === 'exp') column[row] = Math.exp(score);
      else if (transform === 'log1p-exp') column[row] = Math.log1p(Math.exp(score));
      else column[row] = Math.sign(score) * score * score;
    }
}

/** Softmax over the classes of each row, shifted by the largest score so that it cannot overflow. */
export function softmax(scores: Float64Array[]): void {
  const rows = scores[0]?.length ?? 0;
  for (let row = 0; row < rows; row++) {
    let most = -Infinity;
    for (const column of scores) most = Math.max(most, column[row]!);
    let sum = 0;
    for (const column of scores) sum += column[row] = Math.exp(column[row]! - most);
    for (const column of scores) column[row]! /= sum;
  }
}
