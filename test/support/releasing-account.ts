import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { openAws } from '../../src/platform/aws/index.js';
import type { Environment } from '../../src/platform/ports/environment.js';
import { collect } from '../../src/platform/ports/pages.js';
import { loadProject } from '../../src/project/load.js';
import { userWithWriting } from './aws-project.js';
import { startCli } from './cli.js';
import { releasedProject } from './released-project.js';
import { bucket, role, writtenAccount } from './written-account.js';

/** A project of four versions in an account, whose endpoint has its name, serves v1 and is released by guardrails. To be called in a suite. */
export function releasingAccount(name: string) {
  const alarm = {
    ...{ name: `${name}-errors`, namespace: 'AWS/SageMaker', metric: 'Invocation5XXErrors', statistic: 'Sum' },
    dimensions: { EndpointName: name, VariantName: 'AllTraffic' },
    ...{ period: 60, evaluationPeriods: 1, operator: '>' as const, threshold: 0, missing: 'missing' as const },
  };
  const confirmed = ['--env', 'prod', '--yes', '--confirm', name];
  const settings = (bake: string) => ({ strategy: 'canary', steps: [10, 100], bake, rollbackOn: [alarm.name] });
  const at = writtenAccount();
  const made = {} as { project: Awaited<ReturnType<typeof releasedProject>>; environment: Environment };
  before(async () => {
    const url = at.double.url;
    const entry = { kind: 'aws', region: 'us-east-1', endpointUrl: url, bucket, role, image: 'serve:1' } as const;
    made.project = await releasedProject([], settings('30s'), {
      ...{ name, endpoint: { name }, environments: { prod: entry } },
    });
    userWithWriting(made.project.env.XDG_CONFIG_HOME, made.project.folder, name, ['prod']);
    for (const number of [1, 2, 3, 4]) await at.fill.servable(name, number);
    const project = await loadProject(made.project.folder);
    made.environment = await openAws(project, 'prod', entry, { allowed: () => ['prod'] });
    const writers = made.environment.writers('test');
    const variants = [{ name: 'AllTraffic', modelVersion: 'v1', weight: 1 }];
    await writers.endpoints.deploy({ name, group: name, capture: 1, variants });
    await writers.alarms.put([alarm]);
    await setAlarm('OK');
  });
  after(() => made.project.end());

  const setAlarm = (StateValue: 'OK' | 'ALARM') =>
    at.fill.clients.cloudwatch.setAlarmState({ AlarmName: alarm.name, StateValue, StateReason: 'said by a test' });
  const endpoint = () => at.fill.clients.sagemaker.describeEndpoint({ EndpointName: name });
  /** Starts a release in a process of its own, and answers once SageMaker shifts its traffic. */
  const shifting = async (version: string) => {
    const words = ['release', 'start', version, '--json', '--project', made.project.folder, ...confirmed];
    const child = startCli(words, { env: made.project.env });
    child.stderr!.resume();
    for (;;) {
      if ((await endpoint()).EndpointStatus === 'Updating') return child;
      assert.equal(child.exitCode, null, 'it ended by itself');
      await sleep(50);
    }
  };
  const kill = async (child: ReturnType<typeof startCli>) => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  return {
    ...{ at, made, alarm, confirmed, setAlarm, endpoint, shifting, kill },
    ask: (...words: string[]) => made.project.ask(...words, '--env', 'prod'),
    start: (version: string) => made.project.ask('release', 'start', version, '--json', ...confirmed),
    serving: async () =>
      (await made.environment.endpoints.describe(name))?.serving?.map(({ modelVersion }) => modelVersion),
    bake: (length: string) => made.project.write({ release: settings(length) }),
    newestEntry: async () => (await collect((page) => made.environment.ledger.list(page)))[0]!,
  };
}
