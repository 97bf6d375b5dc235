import type { SearchResults, Trial } from '../../../documents/search-results.js';
import { ranked } from '../../../models/search/halving.js';
import { figure, table } from '../../output.js';
import type { Lines } from '../../terminal.js';

/** A line that says how it stands, then the trials, best first, with what they differ in. */
export function boardText(board: SearchResults): Lines {
  const { candidate, strategy, folds, metric, better, planned, status, trials } = board;
  const done = trials.filter((trial) => ['finished', 'stopped', 'failed'].includes(trial.status)).length;
  const head = `${candidate}: ${strategy}, ${folds.k} folds by ${folds.by}, ${metric} (${better} is better), ${done} of ${planned} trials, ${status}`;
  const names = [...new Set(trials.flatMap(({ parameters }) => Object.keys(parameters)))];
  const rungs = trials.some(({ rung }) => rung !== null);
  const header = ['rank', 'trial', metric, 'rounds', 'seconds', ...(rungs ? ['rung'] : []), ...names, 'state'];
  const rows = inRank(board).map((trial, index) => [
    trial.score === null ? '–' : String(index + 1),
    String(trial.id),
    scoreText(trial),
    figure(trial.rounds),
    figure(trial.seconds),
    ...(rungs ? [figure(trial.rung)] : []),
    ...names.map((name) => figure(trial.parameters[name])),
    trial.reason === undefined ? trial.status : `${trial.status}: ${trial.reason}`,
  ]);
  return [head, table(header, rows, ['rank', 'trial', metric, 'rounds', 'seconds', 'rung'])];
}

/** Those that came furthest first: what stopped on an earlier rung is not compared with what went on. */
function inRank({ trials, better }: SearchResults): Trial[] {
  const rung = (trial: Trial) => (trial.score === null ? -1 : (trial.rung ?? 0));
  return ranked(trials, better).sort((one, other) => rung(other) - rung(one));
}

function scoreText({ score, std }: Trial): string {
  return score === null ? '–' : `${score.toFixed(4)} ± ${(std ?? 0).toFixed(4)}`;
}
