import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { EditorServices } from '../editor-services.js';
import { wordsOf } from '../../pipeline/registering/serving-command.js';
import { askCli } from '../runs/ask-cli.js';
import { withProgress } from '../session/progress.js';
import type { Session } from '../session/session.js';
import type { Views } from '../trees/views.js';
import { saidIn } from './arguments.js';
import type { Handlers } from './register.js';
import { tableOf } from './tables/table-file.js';
import { allowedHere } from './trust-commands.js';

interface Words {
  file: string;
  command: string;
  /** A table with labels; empty: the project's own test part. */
  data: string;
  label: string;
  columns: string;
}

/** A model that was trained elsewhere becomes a version, by a process of its own: this window opens no tables. */
export function registerModelCommands(
  session: Session,
  views: Views,
  services: Pick<EditorServices, 'runCli'>,
): Pick<Handlers, 'mlops.registerModel'> {
  return {
    'mlops.registerModel': async (argument) => {
      const current = session.requireWritable('register a model');
      const said = saidIn<Words>(argument);
      const from = await chosenModel(said);
      const data = from && (said.data ?? (await chosenTable()));
      if (from === undefined || data === undefined) return undefined;
      // Asked here, for what registers it has no window to ask in.
      if (from[0] === '--serving-command') {
        const asked = { what: 'serve', command: wordsOf(from[1]!) };
        if (!(await allowedHere(current.project.folder, asked))) return undefined;
      }
      const { label, columns } = said;
      const more = Object.entries({ data, label, columns }).flatMap(([flag, value]) =>
        value ? [`--${flag}`, value] : [],
      );
      const words = ['model', 'register', ...from, ...more];
      const made = await withProgress(`Registering ${basename(from[1]!)}`, (_, signal) =>
        askCli(services, current, words, { signal }),
      );
      await views.of['mlops.models'].refresh();
      return made;
    },
  };
}

async function chosenModel({ file, command }: Partial<Words>): Promise<string[] | undefined> {
  if (file !== undefined) return ['--file', file];
  if (command !== undefined) return ['--serving-command', command];
  const [byFile, byCommand] = ['A model file…', 'A program that serves it…'];
  const items = [
    { label: byFile, detail: 'LightGBM text, XGBoost .json or .ubj, ONNX, or a model.tar.gz with one' },
    { label: byCommand, detail: 'It answers GET /ping and POST /invocations, as SageMaker has it' },
  ];
  const how = (await vscode.window.showQuickPick(items, { title: 'What was trained elsewhere?' }))?.label;
  if (how === byFile) {
    const options = { title: 'Which model?', openLabel: 'Register' };
    const picked = (await vscode.window.showOpenDialog(options))?.[0]?.fsPath;
    return picked === undefined ? undefined : ['--file', picked];
  }
  if (how !== byCommand) return undefined;
  const typed = await vscode.window.showInputBox({ title: 'Which command serves it?', placeHolder: 'python serve.py' });
  return typed ? ['--serving-command', typed] : undefined;
}

/** A table, or empty for the project's own test rows; undefined: not after all. */
async function chosenTable(): Promise<string | undefined> {
  const [own, other] = ["The project's test rows", 'A table with labels…'];
  const how = await vscode.window.showQuickPick([own, other], { title: 'Evaluate it on what?' });
  if (how === own) return '';
  if (how !== other) return undefined;
  return tableOf(undefined, { openLabel: 'Evaluate' });
}
