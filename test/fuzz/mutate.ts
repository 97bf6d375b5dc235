import type { Random } from './random.js';

/** What breaks readers: signs of their own languages, ends of ranges, words that mean something. */
const tokens = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    ',',
    ':',
    '\n',
    '\r',
    '\0',
    '\t',
    "'",
    '(',
    ')',
    '#',
    '=',
    '%',
    '\u00e9',
    '\ud83d\ude00',
  ],
  ...[
    'NaN',
    'Infinity',
    '-Infinity',
    'null',
    'true',
    'false',
    '1e999',
    '-0',
    '1e-400',
    '9007199254740993',
    '4000000000',
  ],
  ...[
    '-1',
    '0',
    '2147483648',
    '18446744073709551616',
    '__proto__',
    'constructor',
    'toString',
    'kind',
    'features',
    '../',
    '\u001b]0;x\u0007',
  ],
  ...[
    '[[',
    '{"a":',
    '""',
    '"\\',
    '"features":',
    "'shape': (",
    'PK\u0003\u0004',
    'PK\u0001\u0002',
    'PK\u0005\u0006',
    'ustar',
    '\r\r\n',
    '\ufeff',
  ],
].map((text) => Buffer.from(text));
const mostBytes = 1 << 20;

type Change = (input: Buffer, random: Random, seeds: readonly Uint8Array[]) => Buffer;

const changes: Change[] = [
  (input, random) => {
    const copy = Buffer.from(input);
    if (copy.length > 0) copy[random.below(copy.length)]! ^= 1 << random.below(8);
    return copy;
  },
  (input, random) => {
    const copy = Buffer.from(input);
    if (copy.length > 0) copy[random.below(copy.length)] = random.oneOf([0, 1, 0x7f, 0x80, 0xff, random.below(256)]);
    return copy;
  },
  (input, random) => input.subarray(0, random.below(input.length + 1)),
  (input, random) => insert(input, random.below(input.length + 1), random.oneOf(tokens)),
  (input, random) => insert(input, random.below(input.length + 1), repeated(random.oneOf(tokens), random)),
  (input, random) => {
    const [from, to] = range(input, random);
    return Buffer.concat([input.subarray(0, from), input.subarray(to)]);
  },
  (input, random) => {
    const [from, to] = range(input, random);
    return insert(input, to, repeated(input.subarray(from, to), random));
  },
  (input, random) => replaceNumber(input, random),
  (input, random, seeds) => {
    const other = Buffer.from(random.oneOf(seeds));
    return Buffer.concat([
      input.subarray(0, random.below(input.length + 1)),
      other.subarray(random.below(other.length + 1)),
    ]);
  },
];

/** One of the seeds, changed a few times. */
export function mutated(seeds: readonly Uint8Array[], random: Random): Uint8Array {
  let input: Buffer = Buffer.from(random.oneOf(seeds));
  for (let left = 1 + random.below(6); left > 0; left -= 1) input = random.oneOf(changes)(input, random, seeds);
  return input.subarray(0, mostBytes);
}

function insert(input: Buffer, at: number, piece: Uint8Array): Buffer {
  return Buffer.concat([input.subarray(0, at), piece, input.subarray(at)]);
}

function range(input: Buffer, random: Random): [from: number, to: number] {
  const from = random.below(input.length + 1);
  return [from, Math.min(input.length, from + 1 + random.below(random.oneOf([4, 64, 4096])))];
}

function repeated(piece: Uint8Array, random: Random): Buffer {
  const times = Math.min(random.oneOf([2, 10, 1000, 100_000]), Math.floor(mostBytes / Math.max(1, piece.length)));
  return Buffer.concat(Array<Uint8Array>(times).fill(piece));
}

/** Sizes, dates, thresholds, offsets in words: a number becomes another one. */
function replaceNumber(input: Buffer, random: Random): Buffer {
  const text = input.toString('latin1');
  const start = random.below(text.length + 1);
  const found = /\d+/.exec(text.slice(start, start + 10_000));
  if (found === null) return input;
  const at = start + found.index;
  const number = random.oneOf(tokens.slice(20, 34));
  return Buffer.concat([input.subarray(0, at), number, input.subarray(at + found[0].length)]);
}
