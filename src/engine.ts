import { join } from 'node:path';
import * as z from 'zod';
import { messageOf, WorkbenchError, ExitCode } from './common/errors.js';
import { stageNameSchema } from './documents/run.js';
import { openEnvironment } from './platform/open.js';
import { watchCancel } from './pipeline/cancel.js';
import { eventFile } from './pipeline/events.js';
import { exitCodeOfRun } from './pipeline/exit-code.js';
import { runPipeline } from './pipeline/runner.js';
import { stagesIn } from './pipeline/jobs/as-job.js';
import { loadProject } from './project/load.js';

/** What the extension asks of the process it forks: one JSON argument. */
const requestSchema = z.object({
  projectFolder: z.string(),
  environment: z.string(),
  runId: z.string(),
  stages: z.array(stageNameSchema),
  user: z
    .object({
      profile: z.string().optional(),
      region: z.string().optional(),
      allowed: z.array(z.string()).default([]),
    })
    .prefault({}),
  options: z.object({
    sources: z.record(z.string(), z.array(z.string())).default({}),
    force: z.boolean().default(false),
    acceptPartial: z.boolean().default(false),
    forceRetrain: z.boolean().default(false),
    forceSkipRetrain: z.boolean().default(false),
    reason: z.string().nullable().default(null),
  }),
});

async function main(): Promise<number> {
  const request = requestSchema.parse(JSON.parse(process.argv[2] ?? ''));
  const { projectFolder, runId } = request;
  const abort = new AbortController();
  const unwatch = watchCancel(projectFolder, runId, () => abort.abort());
  process.on('SIGTERM', () => abort.abort());
  try {
    const project = await loadProject(projectFolder);
    const files = { node: process.execPath, endpointScript: join(__dirname, 'endpoint.js') };
    const run = await runPipeline({
      project,
      environment: await openEnvironment(project, request.environment, files, {
        ...request.user,
        allowed: () => request.user.allowed,
      }),
      stages: request.stages.map((name) => stagesIn(project, request.environment)[name]),
      options: request.options,
      runId,
      signal: abort.signal,
      emit: eventFile(projectFolder, runId),
    });
    return exitCodeOfRun(run);
  } finally {
    unwatch();
  }
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = error instanceof WorkbenchError ? error.exitCode : ExitCode.broke;
  },
);
