import type { Command } from 'commander';
import { InputError, ProjectFileError } from '../../../common/errors.js';
import { oneOf } from '../../../common/nearest.js';
import type { SearchResults, Trial } from '../../../documents/search-results.js';
import { ranked } from '../../../models/search/halving.js';
import { readBoard } from '../../../pipeline/search/read-board.js';
import type { Act } from '../../command-runner.js';
import type { Workspace } from '../../context.js';
import { figure, table } from '../../output.js';
import type { Lines } from '../../terminal.js';

export function addSearch(program: Command, act: Act): void {
  program
    .command('search')
    .description('searches for parameters: "search" of a candidate in mlops.json')
    .command('show')
    .description('the leaderboard of a search')
    .argument('[candidate]', 'which candidate (default: the one that is searched)')
    .action(
      act(async (workspace, [candidate]) => {
        const board = await boardOf(workspace, candidate as string | undefined);
        workspace.output.result(board, () => boardText(board));
      }),
    );
}

async function boardOf({ project, environment, signal }: Workspace, asked: string | undefined): Promise<SearchResults> {
  const { candidates } = project.file.model;
  const searched = candidates.filter(({ search }) => search !== undefined).map(({ name }) => name);
  const name = asked ?? (searched.length === 1 ? searched[0] : undefined);
  if (searched.length === 0 && name === undefined) {
    throw new ProjectFileError(
      'mlops.json: model.candidates: found no "search", expected one in a candidate',
      'mlops.json',
    );
  }
  if (name === undefined) throw new InputError(`search show: found no name, expected ${oneOf('', searched)}`);
  const names = candidates.map((candidate) => candidate.name);
  if (!names.includes(name)) throw new InputError(`search show: found "${name}", expected ${oneOf(name, names)}`);
  const board = await readBoard(environment, name, { signal });
  if (board === undefined) throw new InputError(`search show: found no search of ${name} yet; run: mlops train`);
  return board;
}

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
