import type { ReportContext } from './report-context.js';
import type { ActionView, CommandId } from './view.js';

/** An action only where the host can do it. */
export function offered(context: Pick<ReportContext, 'commands'>, action: ActionView): ActionView | null {
  return context.commands.includes(action.command) ? action : null;
}

const quiet: { command: CommandId; label: string }[] = [
  { command: 'compare', label: 'Compare with…' },
  { command: 'viewJson', label: 'View JSON' },
  { command: 'copyMarkdown', label: 'Copy as Markdown' },
  { command: 'exportReport', label: 'Export…' },
];

export function quietActions(context: Pick<ReportContext, 'commands'>): ActionView[] {
  return quiet.filter(({ command }) => context.commands.includes(command));
}
