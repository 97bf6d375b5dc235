import type { Runs } from '../runs/runs.js';
import type { Current } from '../session/session.js';
import type { Snapshots } from '../snapshot.js';
import { makeAccountPipeline } from './account-pipeline.js';
import type { RunPages } from './run-pages.js';
import { leftOutItem } from './error-items.js';
import type { Item } from '../tree-item.js';
import type { TreeSource } from './tree-source.js';

/** The stages and runs of the shared snapshot, and between them the pipeline that an account runs by itself. */
export function pipelineSource(snapshots: Snapshots, runs: Runs, pages: RunPages): TreeSource {
  const account = makeAccountPipeline();
  // Its failure is the tree's to show.
  const look = () =>
    snapshots.refresh().then(
      () => undefined,
      () => undefined,
    );
  const roots = async (current: Current): Promise<Item[]> => {
    const { answerItems, decisionNow, pipelineItems } = await import('../project-work.js');
    const { status, results, runIds, runs: past } = await snapshots.get();
    const page = await pages.look(current, runIds, past);
    const now = new Date();
    const decision = results ? decisionNow(results, status.overrides, now) : null;
    const { strange } = current.environment;
    const { live } = runs;
    const items = pipelineItems({ status, results, decision, runs: past, page, live, strange, now });
    const unknown = status.unknown.map(({ part, reason }) => leftOutItem('pipeline', part, new Error(reason)));
    const answer = answerItems({ status, decision, live, now });
    return [...answer, ...unknown, ...items.slice(0, -1), ...(await account.root(current)), ...items.slice(-1)];
  };
  const lookAnew = () => {
    account.forget();
    return look();
  };
  return {
    roots,
    children: (current, item) => account.children(current, item),
    forget() {
      account.forget();
      pages.forget();
    },
    lookAnew,
    written: () => void look(),
    poll: () => void lookAnew(),
    follows: [snapshots.onChange, runs.onChange],
  };
}
