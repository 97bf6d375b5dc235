import { trainModelFile } from '../../../operations/model-files/train.js';
import { sidecarsOf } from '../../../pipeline/model-files/sidecars.js';
import type { LoneWork } from '../../command-runner.js';
import { refuseIdle } from '../../no-effect.js';
import { figure } from '../../output.js';
import { performOnFiles } from '../../perform.js';
import { roundProgress } from '../../round-progress.js';
import { listFlag, tableFlags } from '../../table-options.js';

/** `mlops model train`: a table in, a model out. */
export const trainCommand: LoneWork = async (output, _args, flags, signal) => {
  const { data, validation, params, out, initModel, target, family } = flags as Record<string, string>;
  const tables = [data!, validation].filter((file) => file !== undefined);
  const beside = {
    met: tables.some((file) => sidecarsOf(file).length > 0),
    expected: 'expected FILE.weight or FILE.init beside a table',
  };
  refuseIdle('model train', flags, [{ option: 'sidecars', ...beside }]);
  const insist = flags.progress === true;
  const report = await performOnFiles({ output, signal }, trainModelFile, {
    ...{ data: data!, validation, target: target!, params: params!, out: out!, initModel, family, insist },
    ...{ ignore: listFlag(flags.ignore), sidecars: flags.sidecars === true, reading: tableFlags(flags, tables) },
    onRound: roundProgress(output, insist),
  });
  output.result(report, () => reportText(report, validation));
};

type Report = Awaited<ReturnType<typeof trainModelFile.run>>;

function reportText(report: Report, validation: string | undefined): string {
  const figures = Object.entries(report.validation).map(([name, value]) => `${name} ${figure(value)}`);
  const on = figures.length > 0 ? `; on ${validation}: ${figures.join(', ')}` : '';
  const unseen = report.outOfBag ? `; out of bag ${figure(report.outOfBag.score)}` : '';
  const what =
    report.trees === null
      ? `${report.family}, ${report.converged ? 'converged' : 'NOT converged'} in ${report.iterations} iterations`
      : `${report.trees} trees of ${report.rounds} rounds`;
  const form = report.bundle ? ' (a bundle: model and preprocessing)' : '';
  return `${report.model}${form}: ${what}, ${report.features} features, from ${report.rows} rows${unseen}${on}`;
}
