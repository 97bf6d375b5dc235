import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { askedAlarms } from '../../../src/alarms/asked-alarms.js';
import { endpointAlarms } from '../../../src/alarms/endpoint-alarms.js';
import { everyCommandOf } from '../../../src/project/commands.js';
import { checkProject } from '../../../src/project/load.js';

const rest = {
  ...{ name: 'made', sources: { rows: { files: 'rows.csv' } }, endpoint: { name: 'made' } },
  features: { entity: 'id', split: { by: 'entity', train: 0.4, validation: 0.1, test: 0.1, production: 0.4 } },
  model: { task: 'binary', target: 'y', candidates: [{ name: 'a', family: 'lightgbm', columns: ['*'] }] },
  monitor: { gates: [{ id: 'recall', level: 'hard', rule: 'recall >= 0.7' }] },
};
const checked = (part: object) => checkProject(JSON.stringify({ ...part, ...without(part) }, null, 2));
/** The part stands first, so that its lines can be counted. */
const without = (part: object) => Object.fromEntries(Object.entries(rest).filter(([key]) => !(key in part)));
const problems = (part: object) =>
  checked(part).problems.map(({ line, path, message }) => `${line} ${path.join('.')}: ${message}`);
const asked = (part: object) => {
  const { file, problems: found } = checked(part);
  assert.deepEqual(found, []);
  return askedAlarms(file!);
};
const served = { EndpointName: 'made', VariantName: 'AllTraffic' };
const page = { page: { kind: 'webhook', url: 'env:PAGER_URL' } };
const errors = { name: 'errors', metric: 'Invocation5XXErrors', rule: '> 0' };

describe('alarms of mlops.json', () => {
  it('said in short are what CloudWatch would be told: metric of the endpoint, rule, M of N', () => {
    const [one] = asked({
      alarms: [{ ...errors, statistic: 'Sum', period: '1m', of: '2/3', missing: 'breaching', then: ['page'] }],
      actions: page,
    });
    assert.deepEqual(one, {
      alarm: {
        ...{ name: 'errors', namespace: 'AWS/SageMaker', metric: 'Invocation5XXErrors', dimensions: served },
        ...{ statistic: 'Sum', period: 60, evaluationPeriods: 3, datapointsToAlarm: 2, missing: 'breaching' },
        ...{ operator: '>', threshold: 0 },
      },
      then: ['page'],
    });
  });

  it('have the usual statistic, namespace and periods where nothing is said', () => {
    const named = (metric: string, more = {}) => asked({ alarms: [{ name: 'a', metric, rule: '>= 80', ...more }] })[0]!;
    const of = ({ alarm }: ReturnType<typeof named>) =>
      'metric' in alarm && [alarm.namespace, alarm.statistic, alarm.period, alarm.evaluationPeriods, alarm.dimensions];
    assert.deepEqual(of(named('Invocations')), ['AWS/SageMaker', 'Sum', 300, 1, served]);
    assert.deepEqual(of(named('CPUUtilization')), ['/aws/sagemaker/Endpoints', 'Average', 300, 1, served]);
    const own = { namespace: 'Bikeshare/Model' };
    assert.deepEqual(of(named('PSI', own)), ['Bikeshare/Model', 'Average', 300, 1, { EndpointName: 'made' }]);
    const here = { namespace: 'MLOps/HousePrices', dimensions: {} };
    assert.deepEqual(of(named('DriftScore', here)), ['MLOps/HousePrices', 'Average', 300, 1, {}]);
  });

  it('are of a rate, a band, one variant, another endpoint, and sets of them, each as in full', () => {
    const [rate, band, candidate, ...set] = asked({
      endpoint: undefined,
      endpoints: { staging: {}, prod: { name: 'sold' } },
      release: { from: 'staging', to: 'prod' },
      alarms: [
        {
          ...{ name: 'rate', expression: 'errors / requests * 100', rule: '> 1', of: '2/2' },
          metrics: { errors: 'Invocation4XXErrors', requests: { metric: 'Invocations', statistic: 'SampleCount' } },
        },
        { name: 'odd', metric: 'ModelLatency', statistic: 'p95', band: 2.5, of: '3/3' },
        { ...errors, name: 'candidate', variant: 'candidate' },
        { set: 'endpoint', endpoint: 'staging', then: ['note'] },
        { name: 'both', composite: 'ALARM(rate) AND ALARM("made-staging-NoInvocations")' },
      ],
      actions: { note: { kind: 'notification' } },
    });
    const prod = { EndpointName: 'sold', VariantName: 'AllTraffic' };
    const metric = { namespace: 'AWS/SageMaker', dimensions: prod };
    assert.deepEqual(rate?.alarm, {
      ...{ name: 'rate', expression: 'errors / requests * 100', period: 300, evaluationPeriods: 2 },
      ...{ datapointsToAlarm: 2, missing: 'missing', operator: '>', threshold: 1 },
      metrics: {
        errors: { ...metric, metric: 'Invocation4XXErrors', statistic: 'Sum' },
        requests: { ...metric, metric: 'Invocations', statistic: 'SampleCount' },
      },
    });
    assert.deepEqual(band?.alarm, {
      ...{ name: 'odd', ...metric, metric: 'ModelLatency', statistic: 'p95', period: 300, evaluationPeriods: 3 },
      ...{ datapointsToAlarm: 3, missing: 'missing', operator: 'outside', band: 2.5 },
    });
    assert.ok(candidate !== undefined && 'metric' in candidate.alarm);
    assert.equal(candidate.alarm.dimensions.VariantName, 'candidate');
    assert.deepEqual(
      set.slice(0, 8).map(({ alarm }) => alarm),
      endpointAlarms('made-staging'),
    );
    assert.ok(set.slice(0, 8).every(({ then }) => then[0] === 'note'));
    assert.equal(set.length, 9);
  });

  it('are read from every example of the documentation', () => {
    const examples = [...readFileSync('docs/WATCHING.md', 'utf8').matchAll(/```json\n([\s\S]*?)```/g)];
    assert.equal(examples.length, 1);
    for (const [, text] of examples) assert.equal(asked(JSON.parse(text!) as object).length, 14);
  });

  it('are those of a served model where the word stands alone', () => {
    assert.deepEqual(
      asked({}).map(({ alarm }) => alarm),
      endpointAlarms('made'),
    );
  });

  const wrong: [what: string, part: object, message: string][] = [
    [
      'an action that is not there, with the nearest',
      { alarms: [{ ...errors, then: ['pgae'] }], actions: page },
      '8 alarms.0.then.0: found "pgae", expected "page" (did you mean "page"?)',
    ],
    [
      'an action where there is none',
      { alarms: [{ ...errors, then: ['page'] }] },
      '8 alarms.0.then.0: found "page", expected a name of "actions", of which there is none',
    ],
    [
      'an action twice',
      { alarms: [{ ...errors, then: ['page', 'page'] }], actions: page },
      '9 alarms.0.then.1: found "page" twice, expected it once',
    ],
    [
      'a rule that CloudWatch has not',
      { alarms: [{ ...errors, rule: '== 0' }] },
      '6 alarms.0.rule: found "==", expected >, >=, < or <=: what is counted is none where it is "<= 0"',
    ],
    [
      'a rule against another version',
      { alarms: [{ ...errors, rule: '> 2 * baseline' }] },
      '6 alarms.0.rule: found "* baseline", expected a number alone',
    ],
    [
      'more periods than there are',
      { alarms: [{ ...errors, of: '3/2' }] },
      '7 alarms.0.of: found "3/2", expected at most as many as there are, such as "2/2"',
    ],
    [
      'a period without its unit',
      { alarms: [{ ...errors, period: '5' }] },
      '7 alarms.0.period: found "5", expected a number with s, m, h or d behind it, such as "10m"',
    ],
    [
      'an unknown statistic',
      { alarms: [{ ...errors, statistic: 'Mean' }] },
      '7 alarms.0.statistic: found "Mean", expected Sum, Average, Minimum, Maximum, SampleCount or a percentile such as "p95"',
    ],
    [
      'a metric that an expression does not name',
      { alarms: [{ name: 'r', expression: 'a / b', metrics: { a: 'Invocations', c: 'Invocations' }, rule: '> 1' }] },
      '5 alarms.0.expression: found the metric b, expected one of "a", "c" (did you mean "a"?)',
    ],
    [
      'an endpoint that is not there',
      { alarms: [{ ...errors, endpoint: 'prod' }] },
      '7 alarms.0.endpoint: found "prod", expected none: the project has one endpoint',
    ],
    [
      'a name that a set has already',
      { alarms: [{ set: 'endpoint' }, { ...errors, name: 'made-NoInvocations' }] },
      '7 alarms.1.name: found "made-NoInvocations", which is an alarm already, expected another name',
    ],
    [
      'an address that stands in the file itself',
      { alarms: [], actions: { page: { kind: 'webhook', url: 'https://hooks.example.org/secret' } } },
      '6 actions.page.url: found a text that is not shown here, expected "env:" and the name of a variable, such as "env:PAGER_URL"',
    ],
    [
      'a file outside of the project',
      { alarms: [], actions: { log: { kind: 'file', path: '../alarms.jsonl' } } },
      '6 actions.log.path: found "../alarms.jsonl", expected a path in the project that ends in .jsonl, .ndjson or .log',
    ],
    [
      'a file that the project is made of',
      { alarms: [], actions: { log: { kind: 'file', path: 'mlops.json' } } },
      '6 actions.log.path: found "mlops.json", expected a path in the project that ends in .jsonl, .ndjson or .log',
    ],
    [
      'PagerDuty without its key',
      { alarms: [], actions: { page: { kind: 'webhook', shape: 'pagerduty' } } },
      '4 actions.page: found no "key", expected the variable that holds it: "key": "env:PAGER_KEY"',
    ],
    [
      'a webhook without an address',
      { alarms: [], actions: { page: { kind: 'webhook' } } },
      '4 actions.page: found no "url", expected the variable that holds it: "url": "env:HOOK_URL"',
    ],
  ];
  for (const [what, part, message] of wrong)
    it(`are refused with ${what}, in its line`, () => {
      assert.ok(problems(part).includes(message), problems(part).join('\n'));
    });

  it('name commands, of which a person is asked like of all others', () => {
    const { file } = checked({ actions: { act: { kind: 'command', command: ['python', 'act.py'] } } });
    assert.deepEqual(everyCommandOf(file!), [{ what: 'actions.act', command: ['python', 'act.py'] }]);
  });
});
