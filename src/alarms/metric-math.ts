import type { MetricMath, Operator } from '../project/rules/metric-math.js';
import type { MetricPoint } from './judge-window.js';

/** A number for every moment, or one for each: undefined where there is no point. */
type Series = number | (number | undefined)[];

/**
 * The points of an expression over metrics at given moments (ISO 8601, oldest first). As CloudWatch does: where one of
 * the points is missing, so is the result; what cannot be divided or is no finite number is no point either; comparisons
 * are 1 or 0. A number alone has a point at every moment.
 */
export function evaluateMetricMath(
  math: MetricMath,
  points: ReadonlyMap<string, readonly MetricPoint[]>,
  moments: readonly string[],
): MetricPoint[] {
  const place = new Map(moments.map((at, index) => [Date.parse(at), index]));
  const seriesOf = (id: string): Series => {
    const series = new Array<number | undefined>(moments.length).fill(undefined);
    for (const { at, value } of points.get(id) ?? []) {
      const index = place.get(Date.parse(at));
      if (index !== undefined) series[index] = value;
    }
    return series;
  };
  const found = evaluate(math, seriesOf, moments.length);
  return moments.flatMap((at, index) => {
    const value = pointOf(found, index);
    return value === undefined || !Number.isFinite(value) ? [] : [{ at, value }];
  });
}

function evaluate(math: MetricMath, seriesOf: (id: string) => Series, length: number): Series {
  const inner = (one: MetricMath) => evaluate(one, seriesOf, length);
  switch (math.kind) {
    case 'number':
      return math.value;
    case 'metric':
      return seriesOf(math.id);
    case 'operation': {
      const [left, right] = [inner(math.left), inner(math.right)];
      const operate = operators[math.operator];
      return eachOf(length, (index) => {
        const [a, b] = [pointOf(left, index), pointOf(right, index)];
        return a === undefined || b === undefined ? undefined : finite(operate(a, b));
      });
    }
    case 'if': {
      const [condition, then] = [inner(math.condition), inner(math.then)];
      const otherwise = math.otherwise && inner(math.otherwise);
      return eachOf(length, (index) => {
        const holds = pointOf(condition, index);
        if (holds === undefined) return undefined;
        if (holds !== 0) return pointOf(then, index);
        return otherwise === undefined ? undefined : pointOf(otherwise, index);
      });
    }
    case 'fill': {
      const of = inner(math.of);
      let last: number | undefined;
      return eachOf(length, (index) => {
        const value = pointOf(of, index);
        last = value ?? last;
        return value ?? (math.by === 'REPEAT' ? last : math.by);
      });
    }
  }
}

const operators: Record<Operator, (left: number, right: number) => number> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '^': (left, right) => left ** right,
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  '<': (left, right) => Number(left < right),
  '<=': (left, right) => Number(left <= right),
  '>': (left, right) => Number(left > right),
  '>=': (left, right) => Number(left >= right),
  AND: (left, right) => Number(left !== 0 && right !== 0),
  '&&': (left, right) => Number(left !== 0 && right !== 0),
  OR: (left, right) => Number(left !== 0 || right !== 0),
  '||': (left, right) => Number(left !== 0 || right !== 0),
};

function eachOf(length: number, value: (index: number) => number | undefined): Series {
  return Array.from({ length }, (_, index) => value(index));
}

function pointOf(series: Series, index: number): number | undefined {
  return typeof series === 'number' ? series : series[index];
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
