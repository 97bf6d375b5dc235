import type { PipelineExecution, PipelineStep } from '../../platform/ports/pipelines.js';
import { formatAge, formatMoment } from '../../report/format/dates.js';
import type { Icon } from './icons.js';
import { dotted, firstLine, type Item, type Target } from '../tree-item.js';
import { secondsText } from '../../report/format/duration.js';

/** The project's pipeline in its account; `newest` undefined: never executed. */
export function accountPipelineItem(
  name: string,
  registered: boolean,
  newest: PipelineExecution | undefined,
  now: Date,
): Item {
  const base = { id: 'account-pipeline', label: 'SageMaker Pipeline', tooltip: name };
  const target = { kind: 'account-pipeline', name } as const;
  if (!registered)
    return { ...base, target, icon: 'never', description: 'not registered', context: 'account-pipeline+absent' };
  const said =
    newest === undefined ? 'no executions yet' : dotted(wordOf(newest.status), formatAge(newest.startedAt, now));
  const icon = newest === undefined ? 'never' : iconOf(newest.status);
  return { ...base, target, icon, description: said, context: 'account-pipeline', lazy: newest !== undefined };
}

export function executionItems(executions: readonly PipelineExecution[], now: Date): Item[] {
  return executions.map(({ id, arn, status, startedAt, reason }) => ({
    id: `execution/${id}`,
    label: formatMoment(startedAt),
    icon: iconOf(status),
    description: dotted(wordOf(status), reason && firstLine(reason), formatAge(startedAt, now)),
    tooltip: dotted(id, reason),
    context: 'execution',
    target: { kind: 'execution', id, arn },
    lazy: true,
  }));
}

/** In the order in which they began. A failed one says why, and opens what it left in its log. */
export function stepItems(execution: Extract<Target, { kind: 'execution' }>, steps: readonly PipelineStep[]): Item[] {
  return steps.map((step) => ({
    id: `execution/${execution.id}/${step.name}`,
    label: step.name,
    icon: iconOf(step.status),
    description: dotted(outcomeOf(step), step.reason && firstLine(step.reason), secondsOf(step)),
    tooltip: step.reason,
    target: execution,
    click: 'mlops.showExecution',
  }));
}

function outcomeOf({ status, outcome }: PipelineStep): string {
  if (outcome === undefined) return wordOf(status);
  return outcome === 'True' ? 'yes' : 'no';
}

function secondsOf({ startedAt, endedAt }: PipelineStep): string {
  if (startedAt === undefined || endedAt === undefined) return '';
  return secondsText((Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
}

/** SageMaker's own states, in the words of the other trees. */
function wordOf(status: string): string {
  return status === 'Executing' || status === 'Starting' ? 'running' : status.toLowerCase();
}

function iconOf(status: string): Icon {
  switch (status) {
    case 'Succeeded':
      return 'pass';
    case 'Failed':
      return 'broke';
    case 'Executing':
    case 'Starting':
      return 'running';
    case 'Stopping':
    case 'Stopped':
      return 'cancelled';
    default:
      return 'waiting';
  }
}
