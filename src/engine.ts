import { join } from 'node:path';
import * as z from 'zod';
import { messageOf, WorkbenchError, ExitCode } from './common/errors.js';
import { stageNameSchema } from './documents/run.js';
import { openEnvironment } from './platform/open.js';
import { startRun } from './operations/runs/start.js';
import { eventFile } from './pipeline/events.js';
import { exitCodeOfRun } from './pipeline/exit-code.js';
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
  const { projectFolder, user, environment: name, ...wish } = requestSchema.parse(JSON.parse(process.argv[2] ?? ''));
  const abort = new AbortController();
  process.on('SIGTERM', () => abort.abort());
  const project = await loadProject(projectFolder);
  const files = { node: process.execPath, endpointScript: join(__dirname, 'endpoint.js') };
  const environment = await openEnvironment(project, name, files, { ...user, allowed: () => user.allowed });
  const emit = eventFile(projectFolder, wish.runId);
  const say = (text: string) => void process.stderr.write(`${text}\n`);
  const at = { project, environment, signal: abort.signal, progress: say, warn: say };
  return exitCodeOfRun(await startRun.run(at, { ...wish, emit }));
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = error instanceof WorkbenchError ? error.exitCode : ExitCode.broke;
  },
);
