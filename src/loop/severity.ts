import { severities, type Severity } from '../project/parts/loop-schema.js';

/** What one set of results says, as far as the loop goes by it. */
export interface Evidence {
  /** Where the results lie. */
  key: string;
  /** What was judged, for people. */
  of: string;
  modelVersion: string;
  /** Undefined: it can be trusted; else why nothing is decided on it. */
  inconclusive?: string;
  /** Why gates ask for retraining. */
  asks: readonly string[];
  /** Mean stability index of the inputs, beyond what chance makes; null: unknown. */
  score: number | null;
  /** The share of the inputs that moved much; null: unknown. */
  share: number | null;
  /** By how much the deciding figure is worse than its baseline; null: unknown. */
  drop: number | null;
  /** That figure's name. */
  figure: string;
}

export interface Severe {
  severity: Severity;
  why: string;
}

/** From which value on: of the inputs' score, of the share of moved inputs, of the loss of quality. */
const table = [
  ['major', { score: 0.3, share: 0.5, drop: 0.1 }],
  ['moderate', { score: 0.15, share: 0.25, drop: 0.05 }],
  ['minor', { score: 0.05, share: 0.1, drop: 0.02 }],
] as const;
/** Quality that falls by so much says that the relation changed; by less it does only where the inputs stand still. */
const conceptDrop = 0.2;

/**
 * How much has changed: the worst of what the inputs say, what the labels say, and what the gates ask for. A concept has
 * changed where quality fell by 0.20, or by 0.05 while the inputs did not move. What is unknown says nothing.
 */
export function severityOf(evidence: Evidence): Severe {
  const { score, share, drop, figure, asks } = evidence;
  const found: Severe[] = [];
  const words = { score: 'stability index of the inputs', share: 'share of inputs that moved', drop: `${figure} lost` };
  for (const what of ['score', 'share', 'drop'] as const) {
    const value = evidence[what];
    const over = value === null ? undefined : table.find(([, limits]) => reaches(value, limits[what]));
    if (over !== undefined)
      found.push({ severity: over[0], why: `${words[what]} ${text(value!)}, ${over[0]} from ${over[1][what]}` });
  }
  const still = score !== null && share !== null && score < 0.05 && share < 0.1;
  if (drop !== null && (reaches(drop, conceptDrop) || (still && reaches(drop, 0.05))))
    found.push({
      severity: 'concept',
      why: `${figure} lost ${text(drop)} ${reaches(drop, conceptDrop) ? `(from ${conceptDrop} on the relation has changed)` : 'while the inputs did not move'}`,
    });
  if (asks.length > 0) found.push({ severity: 'moderate', why: asks.join('; ') });
  return worstOf(found) ?? { severity: 'none', why: 'nothing has changed that counts' };
}

export function worstOf<One extends { severity: Severity }>(all: readonly One[]): One | undefined {
  return all.reduce<One | undefined>(
    (worst, one) => (worst === undefined || rank(one.severity) > rank(worst.severity) ? one : worst),
    undefined,
  );
}

const rank = (severity: Severity) => severities.indexOf(severity);
/** 0.9 - 0.85 is a little less than 0.05. */
const reaches = (value: number, limit: number) => value >= limit - 1e-12;
const text = (value: number) => String(Number(value.toPrecision(3)));
