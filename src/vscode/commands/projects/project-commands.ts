import { showProject, type JustMade } from '../../show-on-open.js';
import { join, relative } from 'node:path';
import * as vscode from 'vscode';
import { BrokenError, InputError } from '../../../common/errors.js';
import { environmentsOf } from '../../../project/environments.js';
import { projectFileName } from '../../../project/file-name.js';
import type { EditorServices } from '../../editor-services.js';
import { writeSetting } from '../../settings.js';
import type { Session } from '../../session/session.js';
import { saidIn } from '../arguments.js';
import { askBeginning, beginnings, type BeginningWords, type Chosen } from './beginnings.js';
import type { Handlers } from '../register.js';

type ProjectCommands = Pick<
  Handlers,
  'mlops.init' | 'mlops.openWalkthrough' | 'mlops.switchProject' | 'mlops.switchEnvironment' | 'mlops.openProjectFile'
>;
interface InitWords {
  template: string;
  folder: string;
  scenario: string;
}
/** What a link, another command or a test says. */
type Said = InitWords & BeginningWords & { begin: 'template' | keyof typeof beginnings };

export function projectCommands(session: Session, services: EditorServices, justMade: JustMade): ProjectCommands {
  /** What was made is open where it is the project of this window; else its user is asked. */
  async function begin(folder: string, said: Partial<Said>): Promise<void> {
    if (said.folder === undefined) await offerToOpen(folder, justMade);
    await session.reload();
    if ('folder' in session.state && session.state.folder === folder) await showProject(folder);
  }
  return {
    'mlops.init': async (argument) => {
      const said = saidIn<Said>(argument);
      const chosen = chosenBy(said) ?? (await askBeginning(services, { templatesOnly: said.begin === 'template' }));
      if (chosen === undefined) return;
      const made =
        'make' in chosen ? await chosen.make(services, said) : await fromTemplate(services, chosen.template, said);
      if (made !== undefined) await begin(made, said);
    },
    'mlops.openWalkthrough': async () => {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', 'mlops-workbench.mlops-workbench#start');
    },
    'mlops.switchProject': async () => {
      const folders = await session.folders();
      const items = folders.map((folder) => ({
        label: vscode.workspace.asRelativePath(folder),
        detail: folder,
        folder,
      }));
      const answer = await vscode.window.showQuickPick(items, { title: 'Project' });
      if (answer) await writeSetting('project', settingOf(answer.folder));
    },
    'mlops.switchEnvironment': async () => {
      const { project, environment } = session.require();
      const items = environmentsOf(project).map((one) => ({
        label: one.name,
        description: one.name === environment.name ? 'in use' : '',
        detail: one.kind === 'local' ? 'on this machine' : ['AWS', one.region, one.profile].filter(Boolean).join(' · '),
      }));
      const answer = await vscode.window.showQuickPick(items, { title: 'Environment' });
      if (answer) await writeSetting('environment', answer.label);
    },
    'mlops.openProjectFile': async () => {
      if (!('folder' in session.state)) throw new InputError('no project is open here');
      await vscode.window.showTextDocument(vscode.Uri.file(join(session.state.folder, projectFileName)));
    },
  };
}

/** Relative to its workspace folder, so that the setting means the same on another machine. */
function settingOf(folder: string): string {
  const root = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder))?.uri.fsPath;
  return root === undefined ? folder : relative(root, folder) || '.';
}

/** What was said already about how to begin. */
function chosenBy({ template, begin }: Partial<Said>): Chosen | undefined {
  if (template !== undefined) return { template };
  return begin === undefined || begin === 'template' ? undefined : beginnings[begin];
}

/** @returns the folder; undefined: not after all */
async function fromTemplate(
  services: EditorServices,
  template: string,
  said: Partial<Said>,
): Promise<string | undefined> {
  const folder = said.folder ?? (await pickFolder(template));
  // Who asks for a sample wants its data; which is asked where a project is begun by its template.
  const scenario = folder && (said.scenario ?? (said.begin === 'template' ? 'healthy' : await pickScenario()));
  if (!folder || scenario === undefined) return undefined;
  await init(services, template, folder, scenario);
  return folder;
}

async function pickFolder(template: string): Promise<string | undefined> {
  const [parent] =
    (await vscode.window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      title: `A folder "${template}" is made in`,
      openLabel: 'Make Project Here',
    })) ?? [];
  return parent && join(parent.fsPath, template);
}

/** Empty: no sample. */
async function pickScenario(): Promise<string | undefined> {
  const items = [
    { label: 'Sample: healthy', detail: 'Generated data on which the model stays good', scenario: 'healthy' },
    { label: 'Sample: drifted', detail: 'Production has moved away from training', scenario: 'drifted' },
    { label: 'Sample: failing', detail: 'The model no longer finds what it should', scenario: 'failing' },
    { label: 'No sample data', detail: 'You put your data where mlops.json says', scenario: '' },
  ];
  return (await vscode.window.showQuickPick(items, { title: 'Sample data' }))?.scenario;
}

function init(services: EditorServices, template: string, folder: string, scenario: string): Thenable<void> {
  const sample = scenario === '' ? [] : ['--sample', '--scenario', scenario];
  const options = { location: vscode.ProgressLocation.Notification, title: `Making ${template}`, cancellable: true };
  return vscode.window.withProgress(options, async (_progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    const { code, stderr } = await services.runCli(['init', template, folder, ...sample, '--quiet'], {
      signal: abort.signal,
    });
    if (code !== 0) throw new BrokenError(stderr.trim() || `init ended with exit code ${code}`);
  });
}

/** Where nothing is open there is nothing to ask: the project opens. */
async function offerToOpen(folder: string, justMade: JustMade): Promise<void> {
  const inside = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder)) !== undefined;
  if (inside) return;
  const empty = (vscode.workspace.workspaceFolders ?? []).length === 0;
  const answer = empty
    ? 'Open'
    : await vscode.window.showInformationMessage(`${folder} is ready.`, 'Open', 'Open in New Window');
  if (answer) {
    await justMade.remember(folder);
    const options = { forceNewWindow: answer === 'Open in New Window' };
    await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(folder), options);
  }
}
