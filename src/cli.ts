import { join } from 'node:path';
import { ask, canAsk } from './cli/terminal-question.js';
import { ExitCode } from './common/errors.js';
import { runCli } from './cli/main.js';
import { say } from './cli/terminal.js';
import { openEnvironment } from './platform/open.js';
import { version } from '../package.json';

/** After a Ctrl-C. */
const patienceMs = 1000;
const root = join(__dirname, '..');
const engineFiles = { node: process.execPath, endpointScript: join(__dirname, 'endpoint.js') };

// The reader may stop early, as `head` does: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 4));

void runCli(process.argv.slice(2), {
  openEnvironment: (project, name, user = {}) =>
    openEnvironment(project, name, engineFiles, {
      ...user,
      askMfa: canAsk() ? (device) => ask(`Code of the MFA device ${device}: `) : undefined,
      tell: say,
    }),
  // With it comes the protocol: loaded when somebody speaks it.
  assistants: {
    serve: async (door) => (await import('./mcp/door.js')).serve(door),
    answerOne: async (...asked) => (await import('./mcp/door.js')).answerOne(...asked),
  },
  templates: join(root, 'templates'),
  webview: join(__dirname, 'webview'),
  version,
}).then((code) => {
  process.exitCode = code;
  // What listens to the signal tidies up behind itself and ends; what does not is waited for no longer than this.
  if (code === ExitCode.cancelled) setTimeout(() => process.exit(code), patienceMs).unref();
});
