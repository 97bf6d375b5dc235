import * as z from 'zod';
import { stageNames } from '../../documents/run.js';
import { approveModel, rejectModel } from '../../operations/models/decide.js';
import { startRun } from '../../operations/runs/start.js';
import { eventFile } from '../../pipeline/events.js';
import { nextRunId } from '../../pipeline/run-record.js';
import { acts } from '../tool.js';

const noForce = { forceRetrain: false, forceSkipRetrain: false };

export const runStagesTool = acts(
  {
    name: 'run_stages',
    title: 'Run stages',
    description:
      'Runs stages of the pipeline in order; unchanged ones are skipped. The person beside you is asked first and types the project’s name: tell them what you are about to do and why.',
    input: { stages: z.array(z.enum(stageNames)).min(1) },
  },
  async (at, { stages }, person) => {
    const { project, environment } = at;
    const asked = stageNames.filter((name) => stages.includes(name));
    const what = `run ${asked.join(', ')}`;
    // The guard's answer first: nobody types a name in vain.
    environment.writers(what);
    await person.confirm(`${what} of ${project.file.name} in environment ${environment.name}`, project.file.name);
    const runId = await nextRunId(environment, new Date());
    const emit = eventFile(project.folder, runId);
    const options = { sources: {}, force: false, acceptPartial: false, ...noForce, reason: null };
    const { status, stages: done, verdict, error } = await startRun.run(at, { stages: asked, options, runId, emit });
    const states = done.map(({ name, status: state, summary }) => ({ name, status: state, summary }));
    return { source: `run ${runId}`, data: { id: runId, status, stages: states, verdict, error } };
  },
);

export const decideTool = acts(
  {
    name: 'decide_model',
    title: 'Approve or reject a version',
    description: 'Approves a model version, so that deploy may serve it, or rejects it. The person types the version.',
    input: { version: z.string(), decision: z.enum(['approve', 'reject']), reason: z.string().min(1).max(500) },
  },
  async (at, { version, decision, reason }, person) => {
    const what = `${decision} ${version} of ${at.project.file.name} in environment ${at.environment.name}`;
    at.environment.writers(what);
    await person.confirm(what, version);
    const operation = decision === 'approve' ? approveModel : rejectModel;
    const { status } = await operation.run(at, { version, reason });
    return { source: `model version ${version}`, data: { version, status } };
  },
);
