import type { Progress } from '../models/progress.js';
import type { Output } from './output.js';
import { rewriteLine, say } from './terminal.js';

/** So many lines are enough where they stay. */
const fewLines = 10;

/**
 * Says how far a training is: a line every `every` rounds where the parameters ask for that (metric_freq) or somebody
 * insists; else on a terminal one line that rewrites itself, and elsewhere a few.
 */
export function roundProgress(output: Output, insist: boolean): (progress: Progress, every: number | null) => void {
  const tell = insist ? say : (text: string) => output.note(text);
  return (progress, every) => {
    const { round, rounds } = progress;
    const last = round === rounds;
    if (every === null && !insist && !output.quiet && process.stderr.isTTY) {
      rewriteLine(roundText(progress));
      if (last) say('');
      return;
    }
    const step = every ?? (insist ? 1 : Math.ceil(rounds / fewLines));
    if (round % step === 0 || last) tell(roundText(progress));
  };
}

function roundText({ round, rounds, metrics }: Progress): string {
  const figures = Object.entries(metrics).map(([name, value]) => `${name} ${value}`);
  return [`round ${round} of ${rounds}`, ...figures].join('  ');
}
