import type { ModelVersion } from '../../ports/registry.js';

/**
 * What the registry has no field for, as a model package's customer metadata: at most 50 texts of at most 256 characters
 * from a small alphabet. Our own names begin with `mlops:`; everything else is the user's.
 * Source of the limits: CreateModelPackage, CustomerMetadataProperties.
 */
const most = 50;
const longest = 256;

export const own = {
  name: 'mlops:name',
  family: 'mlops:family',
  sha256: 'mlops:sha256',
  artifacts: 'mlops:artifacts',
  createdAt: 'mlops:created-at',
  /** What had no room: `3 for which there was no room: feature_columns mae r2`. */
  leftOut: 'mlops:left-out',
  metric: 'mlops:metric:',
  /** `mlops:more:2:feature_columns` goes on where `feature_columns` was full. */
  more: 'mlops:more:',
} as const;

/**
 * What is kept, in this order, until the registry is full: who the version is; short metadata, which the next run goes by;
 * figures, in the version's own order; long metadata, the shortest first. What is left out is named, and lies with the
 * artifacts anyway.
 */
export function metadataOf(version: ModelVersion): Record<string, string> {
  const { name, family, sha256, artifacts, createdAt, metrics, metadata } = version;
  const identity = {
    [own.name]: name,
    [own.family]: family,
    [own.sha256]: sha256,
    [own.artifacts]: artifacts,
    [own.createdAt]: createdAt,
  };
  const asPieces = ([key, text]: [string, string]) => ({ key, pieces: piecesOf(encode(key), encode(text)) });
  const figures = Object.entries(metrics).map(([key, value]) => ({
    ...{ key, pieces: piecesOf(encode(own.metric + key), String(value)) },
  }));
  const byLength = Object.entries(metadata)
    .map(asPieces)
    .sort((left, right) => left.pieces.length - right.pieces.length);
  const [short, long] = [
    byLength.filter(({ pieces }) => pieces.length === 1),
    byLength.filter(({ pieces }) => pieces.length > 1),
  ];
  const kept: Piece[] = Object.entries(identity)
    .map(asPieces)
    .flatMap(({ pieces }) => pieces);
  const wanted = [...short, ...figures, ...long];
  const all = kept.length + wanted.reduce((sum, { pieces }) => sum + pieces.length, 0);
  // One place is for saying what had none.
  const room = all <= most ? most : most - 1;
  const leftOut: string[] = [];
  for (const { key, pieces } of wanted)
    if (kept.length + pieces.length <= room) kept.push(...pieces);
    else leftOut.push(encode(key));
  if (leftOut.length > 0) kept.push([own.leftOut, leftOutText(leftOut)]);
  return Object.fromEntries(kept);
}

type Piece = readonly [key: string, text: string];

/** As many names as fit, and how many more there are. */
function leftOutText(names: readonly string[]): string {
  const text = (shown: number) => {
    const rest = names.length - shown;
    return [`${names.length} for which there was no room:`, ...names.slice(0, shown), rest && `and ${rest} more`]
      .filter(Boolean)
      .join(' ');
  };
  let shown = names.length;
  while (text(shown).length > longest) shown -= 1;
  return text(shown);
}

/** The same, read back: also what somebody else wrote, who knows nothing of our ways. */
export function readMetadata(found: Record<string, string>): Record<string, string> {
  if (found[own.name] === undefined) return found;
  const read: Record<string, string> = {};
  for (const [key, text] of Object.entries(found)) {
    if (key.startsWith(own.more)) continue;
    let whole = text;
    for (let part = 2; ; part += 1) {
      const more = found[`${own.more}${part}:${key}`];
      if (more === undefined) break;
      whole += more;
    }
    read[decode(key)] = decode(whole);
  }
  return read;
}

function piecesOf(key: string, text: string): Piece[] {
  const pieces: Piece[] = [[key, text.slice(0, longest)]];
  for (let at = longest; at < text.length; at += longest)
    pieces.push([`${own.more}${pieces.length + 1}:${key}`, text.slice(at, at + longest)]);
  return pieces;
}

/** Outside of the alphabet, and `=` itself: `=` and the UTF-8 bytes in hex, as mail does. */
function encode(text: string): string {
  return text.replace(/[^\p{L}\p{Zs}\p{N}_.:/+\-@]/gu, (found) =>
    [...Buffer.from(found)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

function decode(text: string): string {
  return text.replace(/(?:=[0-9A-F]{2})+/g, (found) => Buffer.from(found.replaceAll('=', ''), 'hex').toString('utf8'));
}
