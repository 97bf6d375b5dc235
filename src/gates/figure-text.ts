/** A figure for people: three meaningful digits below 1000, whole and grouped above; "infinite" where it is. */
export function figureText(value: number, digits = 3): string {
  if (Number.isNaN(value)) return 'not a number';
  if (!Number.isFinite(value)) return value > 0 ? 'infinite' : 'minus infinite';
  const size = Math.abs(value);
  if (size >= 10 ** digits) return Math.round(value).toLocaleString('en-US');
  if (size !== 0 && size < 1e-4) return value.toExponential(digits - 1);
  return String(Number(value.toPrecision(digits)));
}

/** A value beside its limit, with as many digits as it takes to see that they differ: 0.69996 is not 0.7. */
export function textBeside(value: number, limit: number): string {
  for (let digits = 3; digits < 17; digits += 1) {
    const text = figureText(value, digits);
    if (value === limit || text !== figureText(limit, digits)) return text;
  }
  return String(value);
}
