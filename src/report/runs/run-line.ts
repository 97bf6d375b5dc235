import type { Run, RunFigures } from '../../documents/run.js';
import type { Verdict } from '../../documents/gates/verdict.js';

/** How a run ended: its verdict, or what kept it from one. `crashed` is no verdict: a stage broke. */
export const outcomes = [
  ...(['pass', 'warn', 'inconclusive', 'fail', 'error'] as const),
  ...(['crashed', 'interrupted', 'cancelled', 'running', 'done'] as const),
];
export type Outcome = (typeof outcomes)[number];

/** Where a run broke, and the place that mends it, as far as that is known. */
export interface Cause {
  stage: string | null;
  text: string;
  file: string | null;
  line: number | null;
}

/** What a table of runs shows of one: small, for thousands of them are held. */
export interface RunLine {
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  outcome: Outcome;
  decision: string | null;
  /** Whether an override or a hold decided instead of the gates. */
  held: boolean;
  version: string | null;
  /** Of the stage that judged; of the one that trained where nothing was judged. */
  figures: Readonly<Record<string, number | null>>;
  /** From start to end; null while it works, and where it was killed. */
  seconds: number | null;
  who: string | null;
  commit: string | null;
  /** Whether the project differed from that commit. */
  changed: boolean;
  stages: string;
  /** Key of the monitoring results. */
  results: string | null;
  cause: Cause | null;
}

/** One line of the table of runs. */
export function runLine(run: Run): RunLine {
  const judged = figuresOf(run, 'monitor');
  const told = Object.keys(judged).length > 0 ? judged : figuresOf(run, 'train');
  const text = (figure: string): string | null => {
    const value = told[figure];
    return typeof value === 'string' ? value : null;
  };
  const { startedAt, finishedAt, source } = run;
  return {
    id: run.id,
    at: Date.parse(startedAt),
    outcome: outcomeOf(run),
    decision: text('decision'),
    held: text('decidedBy') !== null && text('decidedBy') !== 'gates',
    version: text('modelVersion'),
    figures: Object.fromEntries(
      Object.entries(told).filter((entry): entry is [string, number | null] => !isWord(entry[1])),
    ),
    seconds: finishedAt === null ? null : Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000),
    who: run.by ?? null,
    commit: source?.commit ?? null,
    changed: source?.clean === false,
    stages: run.stages
      .filter(({ status }) => status === 'succeeded')
      .map(({ name }) => name)
      .join(', '),
    results: resultsOf(run),
    cause: causeOf(run),
  };
}

/** Key of the monitoring results that a run wrote. */
export function resultsOf({ stages }: Run): string | null {
  const outputs = stages.flatMap((stage) => stage.outputs);
  return outputs.find(({ uri }) => uri.endsWith('/monitoring_results.json'))?.uri ?? null;
}

const isWord = (value: unknown) => typeof value === 'string' || typeof value === 'boolean';

const figuresOf = ({ stages }: Run, stage: string): RunFigures =>
  stages.find(({ name }) => name === stage)?.figures ?? {};

function outcomeOf({ status, verdict }: Run): Verdict | Outcome {
  if (status === 'succeeded') return verdict ?? 'done';
  return status === 'failed' ? 'crashed' : status;
}

function causeOf({ status, error, stages }: Run): Cause | null {
  if (status !== 'failed') return null;
  const about = error?.about;
  const hasFile = about?.kind === 'wrong-input' || about?.kind === 'project-file' || about?.kind === 'damaged-file';
  return {
    stage: stages.find((stage) => stage.status === 'failed')?.name ?? null,
    text: (error?.message ?? 'see the log').split('\n', 1)[0]!,
    file: hasFile ? about.file : null,
    line: about?.kind === 'wrong-input' ? (about.line ?? null) : null,
  };
}
