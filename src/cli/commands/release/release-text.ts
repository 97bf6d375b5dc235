import type { LedgerEntry } from '../../../documents/ledger.js';
import type { Admission } from '../../../documents/releases/admission.js';
import type { ReleaseDocument } from '../../../documents/releases/release.js';
import { formatMoment } from '../../../report/format/dates.js';
import { ledgerTable } from '../../ledger-table.js';
import { table } from '../../output.js';

const words = { pass: 'pass', fail: 'FAIL', waived: 'waived' } as const;

/** The gate as the gates of a version are printed: a line each, the answer first. */
export function admissionText({ endpoint, version, admitted, why, checks }: Admission): string[] {
  const rows = checks.map((check) => [
    words[check.status],
    check.id,
    check.value === null ? '–' : String(Number(check.value.toPrecision(4))),
    `${check.operator} ${check.limit}`,
    String(check.n),
    check.looksAt,
    check.status === 'pass' ? '' : check.why,
  ]);
  const lines =
    rows.length === 0
      ? []
      : table(['answer', 'check', 'value', 'must be', 'n', 'looks at', 'why'], rows, ['value', 'n']);
  const what = `${version ?? 'nothing'} on ${endpoint}`;
  return [...lines, admitted ? `admitted: ${what}, ${why}` : `not admitted: ${what}, ${why}`];
}

/** A release in lines: how it ended or stands, its steps, and what watches it. */
export function releaseText(release: ReleaseDocument): string[] {
  const { endpoint, from, to, outcome, phase, takenBack, events, seen, cost, strategy, incident } = release;
  const way = `${from ?? 'nothing'} -> ${to} on ${endpoint} (${strategy}; ${cost})`;
  const ended = outcome === 'promoted' ? 'promoted' : outcome === 'rolled-back' ? 'rolled back' : phase;
  const why = takenBack === undefined ? '' : ` by ${takenBack.by}: ${takenBack.why}`;
  return [
    `${ended}: ${way}${why}`,
    ...events.map(
      ({ at, share, text }) => `  ${formatMoment(at)}  ${String(Math.round(share * 100)).padStart(3)} %  ${text}`,
    ),
    ...(seen === undefined ? [] : [`  ${seen.requests} requests in the step that was watched last`]),
    ...(seen?.watched ?? []).map(({ rule, answer, why: one }) => `  ${answer.padEnd(7)}  ${rule}: ${one}`),
    ...(incident === null ? [] : [`  incident: ${incident}`]),
  ];
}

export function historyText(entries: readonly LedgerEntry[], now: Date): string[] {
  if (entries.length === 0) return ['nothing was released yet'];
  return ledgerTable(entries, now);
}
