import { CancelledError, messageOf, MissingRight } from '../../../common/errors.js';
import type { AccessCheck, AccessReader } from '../../ports/access.js';
import { isMissing } from '../account/explain.js';
import type { Identity } from '../account/identity.js';
import { needsOf, policyOf, probes } from '../all-rights.js';
import type { Need } from './rights.js';
import type { Account } from '../account/place.js';

type Answer = Pick<AccessCheck, 'allowed' | 'reason'>;

/**
 * What the user may do here. What only looks is tried out by a harmless call, on names that need not exist; what would
 * change something is asked of IAM's simulator, and stays unknown where that is not allowed.
 */
export function accessReader(account: Account, identity: Identity): AccessReader {
  const { settings, project } = account;
  const place = async (signal?: AbortSignal) => ({
    ...{ settings, project, account: (await identity.ask({ signal })).account },
  });
  return {
    async policy(kind, { signal } = {}) {
      // Who may nothing yet needs the policy most: without an account to ask, it names any.
      const where = await place(signal).catch((error: unknown) => {
        if (signal?.aborted) throw error;
        return { settings, project, account: '*' };
      });
      return policyOf(needsOf(where), kind);
    },
    async check({ signal } = {}) {
      const where = await place(signal);
      const all = needsOf(where);
      const [reads, writes] = [all.filter((need) => need.for === 'read'), all.filter((need) => need.for === 'write')];
      const { arn } = await identity.ask({ signal });
      const [tried, simulated] = await Promise.all([
        Promise.all(pairsOf(reads).map((pair) => tryOut(account, pair, signal))),
        simulate(account, arn, pairsOf(writes), signal),
      ]);
      return [...tried, ...simulated];
    },
  };
}

type Pair = Pick<AccessCheck, 'action' | 'resource' | 'for'>;

/** One right on one thing is asked for once, for whatever it is needed. */
function pairsOf(needs: readonly Need[]): Pair[] {
  const pairs = needs.flatMap(({ actions, resources, for: purpose }) =>
    actions.map((action) => ({ action, resource: resources[0]!, for: purpose })),
  );
  return [...new Map(pairs.map((pair) => [`${pair.action} ${pair.resource}`, pair])).values()];
}

async function tryOut(account: Account, pair: Pair, signal?: AbortSignal): Promise<AccessCheck> {
  const probe = probes[pair.action];
  if (probe === undefined) return { ...pair, allowed: null, reason: 'only trying would tell' };
  if (pair.action.startsWith('s3:') && pair.action !== 's3:ListAllMyBuckets' && account.settings.bucket === undefined)
    return { ...pair, allowed: null, reason: 'the environment names no bucket' };
  return { ...pair, ...(await answerOf(() => probe(account, { abortSignal: signal }))) };
}

async function answerOf(call: () => Promise<unknown>): Promise<Answer> {
  try {
    await call();
    return { allowed: true };
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    if (isMissing(error)) return { allowed: true };
    if (error instanceof MissingRight) return { allowed: false };
    return { allowed: null, reason: messageOf(error) };
  }
}

/** IAM's own answer for each action on its resource; all unknown where the simulator may not be asked. */
async function simulate(account: Account, arn: string, pairs: Pair[], signal?: AbortSignal): Promise<AccessCheck[]> {
  const source = sourceOf(arn);
  const ask = async ({ action, resource }: Pair): Promise<Answer> => {
    const iam = await account.clients.iam();
    const request = {
      ...{ PolicySourceArn: source, ActionNames: [action], ResourceArns: [resource] },
      // The right to pass a role is often bound to one service; without its name IAM would say no.
      ...(action === 'iam:PassRole' ? { ContextEntries: [passedToSageMaker] } : {}),
    };
    const { EvaluationResults = [] } = await iam.simulatePrincipalPolicy(request, { abortSignal: signal });
    return { allowed: EvaluationResults[0]?.EvalDecision === 'allowed' };
  };
  const first = pairs[0];
  if (first === undefined) return [];
  try {
    await ask(first);
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    const reason =
      error instanceof MissingRight
        ? 'only trying would tell; with iam:SimulatePrincipalPolicy IAM could be asked'
        : messageOf(error);
    return pairs.map((pair) => ({ ...pair, allowed: null, reason }));
  }
  return Promise.all(
    pairs.map(async (pair) => {
      const failed = (error: unknown): Answer => ({ allowed: null, reason: messageOf(error) });
      return { ...pair, ...(await ask(pair).catch(failed)) };
    }),
  );
}

const passedToSageMaker = {
  ContextKeyName: 'iam:PassedToService',
  ContextKeyType: 'string' as const,
  ContextKeyValues: ['sagemaker.amazonaws.com'],
};

/** The simulator takes users and roles, not a role's session. */
function sourceOf(arn: string): string {
  const session = /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(arn);
  return session ? `arn:${session[1]}:iam::${session[2]}:role/${session[3]}` : arn;
}
