import { BrokenError, InputError } from '../../common/errors.js';
import { jobOutcomeSchema, jobVariables } from '../../documents/job.js';
import { keys } from '../../documents/keys.js';
import type { StageName } from '../../documents/run.js';
import type { JobKind, JobSpec } from '../../platform/ports/jobs.js';
import type { Project } from '../../project/schema.js';
import { jobsPlace } from './place.js';
import { stages } from '../stages/index.js';
import type { RunOptions, Stage, StageContext, StageOutcome } from '../stage.js';
import { readDocument } from '../store.js';
import { bringAll } from './bring-raw.js';
import { follow } from './follow.js';
import { uploadProject } from './project-files.js';

/** Stages that work on data; the others steer the account and take no machine of their own. */
const kinds: Partial<Record<StageName, JobKind>> = {
  ingest: 'processing',
  features: 'processing',
  train: 'training',
  monitor: 'processing',
};

/** The stages as they run in an environment: as its jobs where `mlops.json` says so, in this process otherwise. */
export function stagesIn(project: Project, environment: string): Record<StageName, Stage> {
  if (project.file.environments[environment]?.jobs === undefined) return stages;
  const chosen = Object.values(stages).map((stage) => {
    const kind = kinds[stage.name];
    return [stage.name, kind === undefined ? stage : asJob(stage, kind)];
  });
  return Object.fromEntries(chosen) as Record<StageName, Stage>;
}

/** Decided here whether it has to run, like any stage; its work is done by a job, whose outcome counts as its own. */
function asJob(stage: Stage, kind: JobKind): Stage {
  return {
    ...stage,
    async run(context, plan) {
      const { environment, writers, signal, project, runId } = context;
      if (stage.name === 'ingest') await bringAll(context, plan.inputs);
      const files = await uploadProject(project, environment, writers.objects, { signal });
      const spec = specOf(context, stage.name, kind, files);
      await follow(context, spec);
      const key = keys.jobOutcome(runId, stage.name);
      const outcome = await readDocument(environment.objects, key, jobOutcomeSchema, { signal });
      if (outcome === undefined) throw new BrokenError(`job ${spec.name} completed and left no ${key}`);
      const { outputs, figures, summary, damage, verdict } = outcome;
      const done: StageOutcome = { outputs, figures: { ...figures, job: spec.name }, summary, damage, verdict };
      return done;
    },
  };
}

function specOf(context: StageContext, stage: StageName, kind: JobKind, project: string): JobSpec {
  const { environment, options, runId } = context;
  const { image, role, machine, instances } = jobsPlace(context.project, environment.name);
  const missing = (what: string) =>
    new InputError(
      `mlops.json: environments.${environment.name}.jobs.${what}: found nothing, expected the jobs' ${what}`,
    );
  if (image === undefined) throw missing('image');
  if (role === undefined) throw missing('role');
  return {
    ...{ kind, image, role, machine, project },
    ...jobName(context.project.file.name, stage, runId),
    // Only ingest knows how to share its work.
    instances: stage === 'ingest' ? instances : 1,
    command: ['job', stage],
    output: `jobs/`,
    variables: variablesOf(environment.name, runId, options),
  };
}

const longestName = 63;

/** `churn-train-20261121-093105-r7k2f9`: a long project's name is cut, the run's id never. */
function jobName(project: string, stage: StageName, runId: string): Pick<JobSpec, 'name' | 'family'> {
  const room = longestName - `-${stage}-${runId}`.length;
  const head = project
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, room)
    .replace(/-+$/, '');
  const family = `${head}-${stage}-`;
  return { name: family + runId, family };
}

function variablesOf(environment: string, runId: string, options: RunOptions): Record<string, string> {
  const { force, acceptPartial, forceRetrain, forceSkipRetrain, reason } = options;
  return {
    [jobVariables.environment]: environment,
    [jobVariables.run]: runId,
    [jobVariables.force]: String(force),
    [jobVariables.acceptPartial]: String(acceptPartial),
    [jobVariables.forceRetrain]: String(forceRetrain),
    [jobVariables.forceSkipRetrain]: String(forceSkipRetrain),
    ...(reason === null ? {} : { [jobVariables.reason]: reason.slice(0, 256) }),
  };
}
