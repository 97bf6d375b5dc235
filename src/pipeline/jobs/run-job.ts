import { join } from 'node:path';
import { mkdir, readFile } from 'node:fs/promises';
import { BrokenError, ExitCode, InputError, WorkbenchError } from '../../common/errors.js';
import { insideState, stateFolder } from '../../common/inside.js';
import type { JobName, PipelineEvaluation } from '../../documents/job.js';
import { keys, stampOf } from '../../documents/keys.js';
import { monitoringResultsSchema } from '../../documents/monitoring.js';
import type { RunEvent } from '../../documents/run.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { Project } from '../../project/schema.js';
import { stageReport } from '../events.js';
import { fingerprintOf } from '../fingerprint.js';
import { nextRunId } from '../run-record.js';
import { runPipeline } from '../runner.js';
import { stages } from '../stages/index.js';
import type { RunOptions, Stage, StageContext, StageOutcome } from '../stage.js';
import { readDocument, writeDocument } from '../store.js';
import type { JobLayout } from './layout.js';
import { evaluationOf, writeModel, writeOutput } from './results.js';
import { gatherShares, ingestShare } from './shards.js';

export interface JobRequest {
  name: JobName;
  project: Project;
  environment: Environment;
  layout: JobLayout;
  options: RunOptions;
  /** The run that started the job and holds the lease; undefined: the job is a run of its own. */
  runId: string | undefined;
  signal: AbortSignal;
  emit: (event: RunEvent) => void;
}

type Done = Pick<StageOutcome, 'outputs' | 'figures'>;

/**
 * Runs a stage as a job in a container, by the same engine and against the same environment as everywhere, and leaves
 * its results where the platform collects them.
 * @throws what made it fail, as one plain line
 */
export async function runJob(request: JobRequest): Promise<void> {
  const { name, layout } = request;
  if (name === 'report') return report(request);
  const stage = stages[name];
  const { index, count } = layout.host;
  if (count > 1 && name !== 'ingest')
    throw new InputError(`job ${name}: found ${count} hosts, expected 1; only ingest is shared among several`);
  if (index > 0) return ingestShare(await contextOf(request, stage), layout.jobName, { index, count });
  const whole = count > 1 ? shared(stage, request) : stage;
  const done = await (request.runId === undefined
    ? runAlone(request, whole)
    : runForRun(request, whole, request.runId));
  await leaveResults(request, done);
}

/** The first host lands its own share, waits for the others, and then finds everything there. */
function shared(stage: Stage, { layout }: JobRequest): Stage {
  return {
    ...stage,
    async run(context, plan) {
      await ingestShare(context, layout.jobName, layout.host);
      await gatherShares(context, layout.jobName, layout.host);
      return stage.run(context, plan);
    },
  };
}

const inContainer = ({ layout: { kind, root } }: JobRequest) => ({
  inContainer: true,
  ...(kind === 'training' && { containerRoot: root }),
});

/** Nobody started this job: it takes the lease and leaves a run's record, as on any machine. */
async function runAlone(request: JobRequest, stage: Stage): Promise<Done> {
  const { project, environment, options, signal, emit } = request;
  const runId = await nextRunId(environment, new Date());
  const run = await runPipeline({
    project,
    environment,
    stages: [stage],
    options,
    runId,
    ...inContainer(request),
    signal,
    emit,
  });
  if (run.error) throw new WorkbenchError(run.error.message, run.error.exitCode as ExitCode);
  return run.stages[0]!;
}

/** The run that started this job decided that the stage has to run, holds the lease, and waits for the outcome. */
async function runForRun(request: JobRequest, stage: Stage, runId: string): Promise<Done> {
  const context = await contextOf(request, stage);
  const inputs = await stage.inputs(context);
  const fingerprint = fingerprintOf(stage.name, inputs, stage.configuration(context.project));
  const outcome = await stage.run(context, { inputs, fingerprint, last: undefined });
  await writeDocument(context.writers.objects, keys.jobOutcome(runId, stage.name), {
    kind: 'job-outcome',
    schemaVersion: 1,
    stage: stage.name,
    runId,
    finishedAt: new Date().toISOString(),
    ...outcome,
  });
  return outcome;
}

async function contextOf(request: JobRequest, stage: Stage): Promise<StageContext> {
  const { project, environment, options, signal, emit } = request;
  const runId = request.runId ?? (await nextRunId(environment, new Date()));
  const scratch = insideState(join(project.folder, stateFolder, 'job-scratch', runId));
  await mkdir(scratch, { recursive: true });
  return {
    ...{ project, environment, options, signal, runId, scratch },
    now: new Date(),
    ...inContainer(request),
    report: stageReport(stage.name, emit),
    writers: environment.writers(`job ${request.name}`),
  };
}

/** The results that the stage itself names, for others may lie beside them. */
async function leaveResults({ name, environment, layout, options }: JobRequest, done: Done): Promise<void> {
  const { objects } = environment;
  if (name === 'monitor') {
    const key = done.outputs[0]!.uri;
    const results = await readDocument(objects, key, monitoringResultsSchema);
    if (results === undefined) throw new BrokenError(`${key}: found nothing, expected what monitoring wrote`);
    await writeOutput(layout, 'evaluation', 'evaluation.json', evaluationOf(results, options));
  }
  if (name === 'train') await writeModel(layout, objects, String(done.figures.modelVersion));
}

/**
 * Writes down how the model was found when it is not to be retrained: its verdict, with the evaluation that says so.
 * @throws WorkbenchError when it was not found healthy, once that is written: the step and its execution then fail, and
 * say why
 */
async function report({ project, environment, layout }: JobRequest): Promise<void> {
  const path = join(layout.outputs, '..', 'input', 'evaluation', 'evaluation.json');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new InputError(`job report: found no ${path}, expected the evaluation of the step before`, { cause });
  });
  const now = new Date();
  const evaluation = JSON.parse(text) as Pick<PipelineEvaluation, 'status'> & Partial<PipelineEvaluation>;
  const { status, verdict, reasons = [] } = evaluation;
  const document = {
    timestamp: now.toISOString(),
    endpoint: project.file.endpoint.name,
    status,
    ...(verdict === undefined ? {} : { verdict }),
    evaluation,
  };
  const { objects } = environment.writers('job report');
  const key = keys.verdictReport(stampOf(now, await nextRunId(environment, now)));
  await writeDocument(objects, key, document);
  if (status === 'HEALTHY') return;
  const why = reasons.length === 0 ? '' : ` (${reasons.join('; ')})`;
  const said = `the model was not found healthy: ${verdict ?? status.toLowerCase()}${why}; written down as ${key}`;
  if (verdict === 'error') throw new BrokenError(said);
  throw new WorkbenchError(said, status === 'INCONCLUSIVE' ? ExitCode.inconclusive : ExitCode.verdictFail);
}
