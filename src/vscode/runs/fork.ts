import { execFile, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { insideState } from '../../common/inside.js';
import type {
  CliOptions,
  EditorServices,
  EngineProcess,
  EngineRequest,
  ProcessVariables,
  UserSettings,
} from '../editor-services.js';

/**
 * Which Node runs our processes: the setting `mlops.node`, else the one that runs this extension host. In a desktop
 * that is VS Code's own program, which becomes a plain Node by an environment variable.
 */
export function nodeEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(VSCODE|ELECTRON)_/.test(name));
  return { ...Object.fromEntries(own), ELECTRON_RUN_AS_NODE: '1' };
}

/** Detached and without pipes to us: the run goes on when the window reloads, and its end never hurts the editor. */
export function forkEngine(
  node: string,
  script: string,
  request: EngineRequest & { user: UserSettings },
  logFile: string,
  variables: ProcessVariables,
): EngineProcess {
  mkdirSync(dirname(insideState(logFile)), { recursive: true });
  const log = openSync(logFile, 'a');
  try {
    const child = spawn(node, ['--enable-source-maps', script, JSON.stringify(request)], {
      cwd: request.projectFolder,
      env: { ...nodeEnvironment(), ...variables },
      stdio: ['ignore', log, log],
      detached: true,
    });
    child.unref();
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once('error', (error) => reject(new Error(`cannot start ${node}: ${error.message}`)));
      child.once('exit', resolve);
    });
    return { pid: child.pid, ended };
  } finally {
    closeSync(log);
  }
}

/** Never throws for an exit code: that is in the answer. */
export function runCli(
  node: string,
  script: string,
  args: string[],
  { signal, variables, endsWithInput = false }: CliOptions,
): ReturnType<EditorServices['runCli']> {
  return new Promise((resolve, reject) => {
    const env = { ...nodeEnvironment(), NO_COLOR: '1', ...variables };
    const options = { env, signal: endsWithInput ? undefined : signal, maxBuffer: 64e6 };
    const endInput = () => child.stdin?.end();
    const child = execFile(node, [script, ...args], options, (error, stdout, stderr) => {
      signal?.removeEventListener('abort', endInput);
      if (error !== null && typeof error.code !== 'number' && child.exitCode === null) reject(new Error(error.message));
      else resolve({ code: child.exitCode, stdout, stderr });
    });
    if (!endsWithInput || signal === undefined) return;
    if (signal.aborted) endInput();
    else signal.addEventListener('abort', endInput, { once: true });
  });
}
