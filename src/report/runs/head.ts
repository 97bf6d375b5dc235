import type { MonitoringResults } from '../../documents/monitoring.js';
import { bannerOf } from '../monitoring/banner.js';
import { sourceOf } from '../monitoring/report-source.js';
import { formatCount } from '../format/numbers.js';
import { capital, listed, plural } from '../format/words.js';
import type { RunsHead } from './protocol.js';
import { outcomes, type Outcome, type RunLine } from './run-line.js';

/** What broke since the last verdict. */
export interface BrokenSince {
  stage: string | null;
  status: string;
  reason: string;
}

/** What broke, else the last verdict in a sentence; and how the runs went. */
export function headWords(
  lines: readonly RunLine[],
  newest: MonitoringResults | undefined,
  broken: BrokenSince | null = null,
): Pick<RunsHead, 'answer' | 'headline' | 'summary'> {
  if (lines.length === 0) {
    return { answer: null, headline: 'No runs yet', summary: 'Run all stages to get a first verdict.' };
  }
  const summary = `${formatCount(lines.length)} ${plural(lines.length, 'run')}: ${outcomesText(lines)}.`;
  if (broken !== null) {
    const before = newest === undefined ? '' : ` The last verdict was ${newest.verdict}.`;
    const headline = `${capital(broken.stage ?? 'run')} ${broken.status}`;
    return { answer: null, headline, summary: `${firstLine(broken.reason)}${before} ${summary}` };
  }
  if (newest === undefined) return { answer: null, headline: 'No verdict yet', summary };
  const { verdict, headline, summary: figures } = bannerOf(sourceOf(newest));
  return { answer: verdict, headline, summary: `${figures} ${summary}` };
}

const words: Record<Outcome, string> = {
  ...{ pass: 'passed', warn: 'warned', inconclusive: 'inconclusive', fail: 'failed', error: 'not judged' },
  ...{ crashed: 'crashed', interrupted: 'interrupted', cancelled: 'cancelled', running: 'running' },
  done: 'without a verdict',
};

/** "26 passed, 4 failed and 3 crashed". */
function outcomesText(lines: readonly RunLine[]): string {
  const parts = outcomes.flatMap((outcome) => {
    const count = lines.filter((line) => line.outcome === outcome).length;
    return count === 0 ? [] : [`${formatCount(count)} ${words[outcome]}`];
  });
  return listed(parts, parts.length);
}

function firstLine(text: string): string {
  const line = text.split('\n')[0]!.trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
