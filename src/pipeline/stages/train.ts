import { admissionVerdict, statusOf } from '../training/admission.js';
import { registeredFor } from '../training/registered-for.js';
import { figureOf } from '../evaluating/evaluate.js';
import { fitAll } from '../training/fit-all.js';
import { sliceEdgesOf } from '../evaluating/slices.js';
import { groupInputs, loadPart } from '../features/read-groups.js';
import { leaksOf } from '../../models/metrics/leaks.js';
import { learnedList } from '../training/learned-entities.js';
import { learnedRowsFile } from '../training/learned-rows.js';
import { type PartName, partNames } from '../../common/parts.js';
import { oneClassOnly } from '../evaluating/one-class.js';
import { predictedRows } from '../evaluating/given.js';
import { joinParts, type Part } from '../evaluating/parts.js';
import { trackVersion } from '../tracking/track-version.js';
import { registerVersion } from '../training/version.js';
import { predictsElsewhere } from '../../project/elsewhere.js';
import { modelGroupName } from '../../project/names.js';
import { programInputs, programPart } from '../program/script-files.js';
import { mayRunProgram } from '../program/may-run.js';
import type { Stage, StageContext, StageOutcome, StagePlan } from '../stage.js';

/** Fits all candidates, registers the chosen one with its preprocessing, baselines and card. */
export const train: Stage = {
  name: 'train',
  inputs: async (context) => [
    ...(await groupInputs(context, [...partNames])),
    ...(await programInputs(context.project, context.project.file.train)),
  ],
  configuration: ({ file }) => [file.model, file.monitor.gates, ...programPart(file)],
  intends(context) {
    const { train: program } = context.project.file;
    mayRunProgram(context, 'train', program?.command);
    // Asked before hours of training, not after.
    mayRunProgram(context, 'train.serve', program?.serve?.command);
    return Promise.resolve({ modelGroup: modelGroupName(context.project.file.name) });
  },
  async run(context, plan) {
    const earlier = context.options.force ? undefined : await registeredFor(context, 'train', plan.fingerprint);
    if (earlier === undefined) return fitAndRegister(context, plan);
    const { model, outputs } = earlier;
    await trackVersion(context, model, model.status === 'Approved');
    return {
      outputs,
      figures: { modelVersion: model.version, status: model.status, ...model.metrics },
      summary: `${model.name} ${model.version} was registered by an interrupted run`,
    };
  },
};

async function fitAndRegister(context: StageContext, plan: StagePlan): Promise<StageOutcome> {
  const { file } = context.project;
  const parts = await beginLoading(context);
  const judgedParts = { ...parts, train: parts.trainPredicted };
  const splits = partNames.map((split) => ({ split, part: judgedParts[split] }));
  // Scores that are made elsewhere learned from nobody knows what, and from nothing here.
  const learning = predictsElsewhere(file) ? [] : [parts.train, parts.validation];
  const [{ chosen, fits, fitted, evaluation, judged }, test, learned] = await Promise.all([
    fitAll(context, parts.train, parts.validation, splits, { searchAgain: true }),
    parts.test,
    learnedList(learning.flatMap(({ entities }) => entities)),
  ]);
  for (const { column, why } of leaksOf(parts.train.matrix, parts.train.target, file.model.task))
    if (learning.length > 0 && chosen.columns.includes(column))
      context.report.message(
        'warning',
        `${column}: ${why}; if it is not known when a prediction is asked for, take it out of model.candidates`,
      );
  const testRows = judged.test!.part ?? test;
  const onTest = { ...judged.test!, part: testRows, edges: sliceEdgesOf(file, fitted) };
  const { verdict, why, doubts } = admissionVerdict(file, onTest, context.now);
  const only = file.model.task === 'binary' ? oneClassOnly(onTest.figures) : [];
  for (const doubt of [...doubts, ...only]) context.report.message('warning', `${chosen.name}: ${doubt}`);
  const version = await context.writers.registry.nextVersion(modelGroupName(file.name));
  const { model, outputs } = await registerVersion(context, version, {
    candidate: chosen,
    evaluation,
    fitted,
    unlabelled: await unlabelledRows(context, fitted === parts.train ? ['train'] : ['train', 'validation']),
    fits,
    learned,
    learnedRows: learnedRowsFile(learning),
    test: { ...judged.test!, part: testRows },
    status: statusOf(verdict),
    why: `${verdict} on the test set: ${why}`,
    metadata: { fingerprint: plan.fingerprint, stage: 'train' },
  });
  await trackVersion(context, model, model.status === 'Approved');
  const metric = { binary: 'roc_auc', multiclass: 'macro_f1', regression: 'r2' }[file.model.task];
  const value = figureOf(judged.test!.figures, metric);
  return {
    outputs,
    figures: { modelVersion: version, model: chosen.name, status: model.status, ...model.metrics },
    summary: `${chosen.name} ${version}, ${metric} ${value?.toFixed(3) ?? 'not computable'} on test, ${model.status}`,
  };
}

async function unlabelledRows(context: StageContext, names: PartName[]): Promise<Part> {
  const parts: Part[] = [];
  for (const name of names) parts.push(await loadPart(context, name, 'unlabelled'));
  return joinParts(parts);
}

/** The parts that candidates are fitted on; those that are only judged are loaded meanwhile. */
async function beginLoading(context: StageContext) {
  // Predictions made elsewhere may lack: such rows tell what is missing, and are not judged.
  const predicted = (part: Part) => predictedRows(part, context.project.file.model.candidates);
  const [train, validation] = await Promise.all([loadPart(context, 'train'), loadPart(context, 'validation')]);
  const [test, production] = [
    loadPart(context, 'test').then(predicted),
    loadPart(context, 'production').then(predicted),
  ];
  // Awaited with the fitting, which may fail first: until then a failure here is nobody's to handle.
  for (const part of [test, production]) part.catch(() => undefined);
  const trainPredicted = predicted(train);
  const without = train.matrix.rows - trainPredicted.matrix.rows;
  if (without > 0)
    context.report.message(
      'warning',
      `${without} of ${train.matrix.rows} rows have no prediction: they are not judged`,
    );
  return { train, trainPredicted, validation: predicted(validation), test, production };
}
