/**
 * A number as C's `%.<precision>g` prints it. With 17 digits every double reads back as itself; LightGBM prints
 * thresholds and leaf values so, and other figures with 6 digits.
 */
export function formatG(value: number, precision: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const [digits, exponentText] = roundHalfEven(value, precision).split('e') as [string, string];
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= precision) {
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${trimZeros(digits)}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  const sign = digits.startsWith('-') ? '-' : '';
  return sign + placePoint(digits.replace(/[-.]/g, ''), exponent);
}

/** JavaScript rounds an exact half up, C to the even digit. */
function roundHalfEven(value: number, precision: number): string {
  const rounded = value.toExponential(precision - 1);
  const digits = value.toExponential(precision).split('e')[0]!;
  if (!digits.endsWith('5')) return rounded;
  // What ends beyond 100 digits is too small to be a half of anything printed here.
  const exact = value.toExponential(100).split('e')[0]!;
  if (/[1-9]/.test(exact.slice(digits.length))) return rounded;
  const even = Number(digits.at(-2)) % 2 === 0;
  return even ? `${digits.slice(0, -1)}e${rounded.split('e')[1]!}` : rounded;
}

function placePoint(digits: string, exponent: number): string {
  if (exponent < 0) return trimZeros(`0.${'0'.repeat(-exponent - 1)}${digits}`);
  return trimZeros(`${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`);
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0*$/, '') : text;
}

export function formatDouble(value: number): string {
  return formatG(value, 17);
}

export function formatShort(value: number): string {
  return formatG(value, 6);
}
