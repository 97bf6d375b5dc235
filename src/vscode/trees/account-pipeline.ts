import { collect } from '../../platform/ports/pages.js';
import type { Current } from '../session/session.js';
import { errorItems } from './error-items.js';
import { accountPipelineItem, executionItems, stepItems } from './executions.js';
import type { Item } from '../tree-item.js';

export interface AccountPipeline {
  /** The line below the stages; none on this machine. */
  root: (current: Current) => Promise<Item[]>;
  children: (current: Current, item: Item) => Promise<Item[]>;
  /** The next look asks AWS again. A tree that is drawn with every progress of a run must not. */
  forget: () => void;
}

const shownExecutions = 10;

/** The pipeline that `pipeline register` made, with its executions and their steps. */
export function makeAccountPipeline(): AccountPipeline {
  const known = new Map<string, Promise<Item[]>>();
  const remembered = (id: string, look: () => Promise<Item[]>) => {
    const found = known.get(id) ?? look().catch((error: unknown) => errorItems(id, error, []));
    known.set(id, found);
    return found;
  };
  return {
    root: (current) => remembered('root', () => rootOf(current)),
    children: (current, item) => remembered(item.id, () => childrenOf(current, item)),
    forget: () => known.clear(),
  };
}

async function rootOf({ project, environment: { cloud } }: Current): Promise<Item[]> {
  if (cloud === undefined) return [];
  const { pipelineName } = await import('../project-work.js');
  const name = pipelineName(project.file);
  if ((await cloud.pipelines.describe(name)) === undefined)
    return [accountPipelineItem(name, false, undefined, new Date())];
  const { items } = await cloud.pipelines.executions(name, { limit: 1 });
  return [accountPipelineItem(name, true, items[0], new Date())];
}

async function childrenOf({ environment: { cloud } }: Current, { target }: Item): Promise<Item[]> {
  if (cloud === undefined) return [];
  const { pipelines } = cloud;
  if (target?.kind === 'account-pipeline') {
    const { items } = await pipelines.executions(target.name, { limit: shownExecutions });
    return executionItems(items, new Date());
  }
  if (target?.kind !== 'execution') return [];
  return stepItems(target, await collect((page) => pipelines.steps(target.arn, page)));
}
