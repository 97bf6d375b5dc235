import type { EditorServices, ProcessVariables } from '../editor-services.js';
import type { Current } from '../session/current.js';

/**
 * The document that an `mlops` command prints about the project in its environment. Asked of a process of its own: this
 * window never opens tables itself.
 * @throws the error that the command ended with, of its own class; Error with what it said last where it printed none;
 * the signal's reason once that is aborted
 */
export async function askCli(
  { runCli }: Pick<EditorServices, 'runCli'>,
  { project, environment }: Pick<Current, 'project' | 'environment'>,
  words: readonly string[],
  { signal }: { signal?: AbortSignal } = {},
): Promise<unknown> {
  const where = ['--project', project.folder, '--env', environment.name];
  const variables = await environment.forProcess?.();
  return filesCli({ runCli }, [...words, ...where], { signal, variables });
}

/** As `askCli`, of a command on files alone: it asks for no project. */
export async function filesCli(
  { runCli }: Pick<EditorServices, 'runCli'>,
  words: readonly string[],
  { signal, variables }: { signal?: AbortSignal; variables?: ProcessVariables } = {},
): Promise<unknown> {
  const all = [...words, '--json', '--quiet'];
  const { code, stdout, stderr } = await runCli(all, { signal, variables }).catch((error: unknown) => {
    // A user who left is told nothing of the process that was ended for them.
    signal?.throwIfAborted();
    throw error;
  });
  if (code === 0) return JSON.parse(stdout);
  signal?.throwIfAborted();
  const { errorDocumentSchema, errorFrom } = await import('../project-work.js');
  const printed = documentIn(stdout);
  const { data: failure } = errorDocumentSchema.safeParse(printed);
  // Commands that judge end with an exit code for their verdict, which is an answer like any other.
  if (printed !== undefined && failure === undefined) return printed;
  // The document that a command prints instead of an answer carries what its error knew.
  throw failure !== undefined
    ? errorFrom(failure)
    : new Error(lastLine(stderr) || `mlops ${words[0]} ended with ${code}`);
}

function documentIn(stdout: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? '';
