import type { ModelVersion } from '../ports.js';

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
  metric: 'mlops:metric:',
  /** `mlops:more:2:feature_columns` goes on where `feature_columns` was full. */
  more: 'mlops:more:',
} as const;

/** Metadata beyond what fits is left out, longest first: the artifacts say it too. Metrics and hashes always fit. */
export function metadataOf(version: ModelVersion): Record<string, string> {
  const { name, family, sha256, artifacts, createdAt, metrics, metadata } = version;
  const fixed = {
    [own.name]: name,
    [own.family]: family,
    [own.sha256]: sha256,
    [own.artifacts]: artifacts,
    [own.createdAt]: createdAt,
    ...Object.fromEntries(Object.entries(metrics).map(([metric, value]) => [own.metric + metric, String(value)])),
  };
  const entries = Object.entries(fixed).map(([key, text]) => [encode(key), encode(text)] as const);
  const byLength = Object.entries(metadata).sort(([, left], [, right]) => left.length - right.length);
  for (const [key, text] of byLength) {
    const pieces = piecesOf(encode(key), encode(text));
    if (entries.length + pieces.length <= most) entries.push(...pieces);
  }
  return Object.fromEntries(entries.slice(0, most));
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

function piecesOf(key: string, text: string): (readonly [string, string])[] {
  const pieces: (readonly [string, string])[] = [[key, text.slice(0, longest)]];
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
