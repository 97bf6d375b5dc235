import * as vscode from 'vscode';
import type { EditorServices } from './editor-services.js';
import { askCli } from './runs/ask-cli.js';
import type { Session } from './session/session.js';

/** As `contributes.mcpServerDefinitionProviders` calls it. */
const providerId = 'mlops.assistant';

interface Parts {
  session: Session;
  services: EditorServices;
  /** `contributes.languageModelTools` of the manifest: each is a tool of `mlops mcp`. */
  tools: readonly { name: string }[];
}

/**
 * Offers the project that is open to assistants: its server to those that speak the protocol, its tools to those of the
 * editor. Both only look by themselves; nothing is offered of a folder that its user does not trust.
 */
export function offerToAssistants({ session, services, tools }: Parts): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const current = () =>
    session.state.kind === 'ready' && vscode.workspace.isTrusted ? session.state.current : undefined;
  const servers = () => {
    const open = current();
    if (open === undefined) return [];
    const { project, environment } = open;
    const { command, args, env } = services.assistantProcess({
      folder: project.folder,
      environment: environment.name,
    });
    const label = `MLOps: ${project.file.name} (${environment.name})`;
    return [new vscode.McpStdioServerDefinition(label, command, args, env)];
  };
  return vscode.Disposable.from(
    changed,
    session.onChange(() => changed.fire()),
    vscode.lm.registerMcpServerDefinitionProvider(providerId, {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions: servers,
    }),
    ...tools.map(({ name }) =>
      vscode.lm.registerTool(name, {
        invoke: async ({ input }: { input: object }, token) => {
          const place = current();
          if (place === undefined) throw new Error('no project of yours is open here; open a folder with a mlops.json');
          const abort = new AbortController();
          token.onCancellationRequested(() => abort.abort());
          const words = ['mcp', '--tool', name.replace(/^mlops_/, ''), '--input', JSON.stringify(input)];
          const answer = await askCli(services, place, words, { signal: abort.signal });
          return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(answer))]);
        },
      }),
    ),
  );
}
