import { searchOnTable } from '../../../operations/model-files/search.js';
import type { Flags, LoneWork } from '../../command-runner.js';
import { refuseIdle } from '../../no-effect.js';
import { performOnFiles } from '../../perform.js';
import { listFlag } from '../../table-options.js';
import { boardText } from './board-text.js';

/** `mlops model search`: a table, fixed parameters and a space of others in; a leaderboard out. */
export const searchCommand: LoneWork = async (output, _args, flags, signal) => {
  const { data, target, params, space, out, group, time } = flags as Record<string, string>;
  const how = searchOf(flags);
  refuseIdleFolds(flags, how);
  const columns = { target: target!, ignore: listFlag(flags.ignore), group, time };
  const asked = { ...columns, data: data!, params, space: space!, how, out };
  const board = await performOnFiles({ output, signal }, searchOnTable, asked);
  output.result(board, () => boardText(board));
};

/** What only one way of searching or dividing reads. */
function refuseIdleFolds(flags: Flags, { strategy, folds }: ReturnType<typeof searchOf>): void {
  const by = (way: string) => ({ met: folds.by === way, expected: `only folds by ${way} read it` });
  const leftOut = '; to leave the column out: --ignore';
  refuseIdle('model search', flags, [
    { option: 'trials', met: strategy !== 'grid', expected: 'a grid tries all' },
    { option: 'gap', ...by('time') },
    { option: 'group', ...by('group'), expected: by('group').expected + leftOut },
    { option: 'time', ...by('time'), expected: by('time').expected + leftOut },
  ]);
}

/** The words of the command as a candidate's `search` has them. */
function searchOf(flags: Flags) {
  const { strategy, metric, trials, seed, folds, k, gap, group, time } = flags as Record<string, string | undefined>;
  const by = folds ?? (group === undefined ? (time === undefined ? undefined : 'time') : 'group');
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  return {
    ...{ strategy, metric, trials: number(trials), seed: number(seed) },
    folds: { by, k: number(k), gap: number(gap) },
  };
}
