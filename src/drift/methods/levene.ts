import { momentsOf, studentTest, type TestAnswer } from './moments.js';

/**
 * Levene's test of equal spread around the medians (Brown and Forsythe 1974; `scipy.stats.levene`): two samples whose
 * means agree may still differ in it. Of two samples its F with 1 and n + m − 2 degrees of freedom is the square of
 * Student's t of the distances from the medians. The samples are sorted; null where no value lies off its median.
 */
export function leveneTest(reference: Float64Array, current: Float64Array): TestAnswer | null {
  const answer = studentTest(momentsOf(fromMedian(reference)), momentsOf(fromMedian(current)));
  return answer && { statistic: answer.statistic ** 2, p: answer.p };
}

function fromMedian(values: Float64Array): Float64Array {
  const middle = values.length >> 1;
  const median = values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
  return values.map((value) => Math.abs(value - median));
}
