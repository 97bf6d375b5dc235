import assert from 'node:assert/strict';
import { askedAlarms } from '../../../../src/alarms/asked-alarms.js';
import { alarmBlocks } from '../../../../src/export/terraform/alarm-blocks.js';
import { terraformFiles } from '../../../../src/export/terraform/files.js';
import { Expression, hclFile, type Block } from '../../../../src/export/terraform/hcl.js';
import { compositeRequest, metricRequest } from '../../../../src/platform/aws/alarms/alarm-request.js';
import { changed, templates } from './templates.js';

/** What CloudWatch is asked by a resource of Terraform, in the words of its own requests. */
function requestOf({ attributes = {}, blocks = [] }: Block): Record<string, unknown> {
  const words = Object.entries(attributes).filter(([name, value]) => value !== undefined && !left.includes(name));
  const said = Object.fromEntries(words.map(([name, value]) => [wordOf(name), valueOf(name, value)]));
  const queries = blocks.map(requestOf).map(({ MetricName: _, ...one }) => one);
  if (queries.length === 0) return said;
  return { ...said, Metrics: blocks.map(queryOf) };
}
const left = ['alarm_actions', 'ok_actions', 'insufficient_data_actions', 'depends_on'];
const wordOf = (name: string) => name.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
const pairs = (value: unknown) =>
  Object.entries(value as Record<string, string>).map(([Name, Value]) => ({ Name, Value }));
const valueOf = (name: string, value: unknown) => (name === 'dimensions' ? pairs(value) : value);

function queryOf({ attributes = {}, blocks = [] }: Block): Record<string, unknown> {
  const { id: Id, return_data: ReturnData, expression } = attributes;
  const [metric] = blocks;
  if (metric === undefined) return { Id, Expression: expression, ReturnData };
  const { namespace: Namespace, metric_name: MetricName, dimensions, period, stat, unit } = metric.attributes!;
  const Metric = { Namespace, MetricName, Dimensions: pairs(dimensions) };
  return { Id, MetricStat: { Metric, Period: period, Stat: stat, Unit: unit }, ReturnData };
}

const defined = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a project in an account by Terraform', () => {
  it('is the same for the same mlops.json, and has what an endpoint needs', () => {
    const needed = [
      ...['aws_s3_bucket', 'aws_s3_bucket_public_access_block', 'aws_ecr_repository', 'aws_iam_role'],
      ...['aws_iam_role_policy', 'aws_sagemaker_model', 'aws_sagemaker_endpoint_configuration'],
      ...['aws_sagemaker_endpoint', 'aws_cloudwatch_metric_alarm', 'aws_cloudwatch_dashboard', 'aws_sns_topic'],
      ...['aws_sns_topic_subscription', 'aws_chatbot_slack_channel_configuration', 'aws_cloudwatch_log_group'],
    ];
    for (const served of templates) {
      const { files } = terraformFiles(served);
      assert.deepEqual(files, terraformFiles(served).files);
      const text = files.map((one) => one.text).join('\n');
      for (const type of needed) assert.ok(text.includes(`resource "${type}" `), `${served.file.name}: ${type}`);
    }
  });

  it('has the alarms that mlops apply makes, each word of them', () => {
    const own = changed('hdd-failure', (said) => Object.assign(said, { alarms: everyForm }));
    for (const { file } of [...templates, own]) {
      const asked = askedAlarms(file);
      const blocks = alarmBlocks(file, asked);
      assert.equal(blocks.length, asked.length);
      for (const [at, { alarm }] of asked.entries()) {
        const request = 'composite' in alarm ? compositeRequest(alarm, undefined) : metricRequest(alarm, undefined);
        assert.deepEqual(defined(requestOf(blocks[at]!)), defined(request), alarm.name);
      }
    }
  });

  it('tells its topic of both ends, and the topics of the project when they want to be told', () => {
    const topic = 'arn:aws:sns:us-east-1:123456789012:pager';
    const alarms = [{ ...everyForm[0], then: ['page'] }];
    const { file } = changed('hdd-failure', (said) =>
      Object.assign(said, { alarms, actions: { page: { kind: 'sns', topic, on: ['alarm', 'no-data'] } } }),
    );
    const { attributes } = alarmBlocks(file, askedAlarms(file))[0]!;
    const own = new Expression('aws_sns_topic.alerts.arn');
    assert.deepEqual(attributes!.alarm_actions, [own, topic]);
    assert.deepEqual([attributes!.ok_actions, attributes!.insufficient_data_actions], [[own], [topic]]);
  });

  it('means texts as they stand: none begins an expression', () => {
    const text = hclFile('x', [{ type: 'a', attributes: { b: '${file("/etc/passwd")} %{ if }' } }]);
    assert.ok(text.includes('b = "$${file(\\"/etc/passwd\\")} %%{ if }"'), text);
  });

  it('holds no secret, and marks the address that carries a key', () => {
    const { files } = terraformFiles(templates[0]!);
    assert.match(files.find(({ name }) => name === 'variables.tf')!.text, /"pagerduty_url" \{[^}]*sensitive\s+= true/);
  });
});

const metric = {
  namespace: 'AWS/SageMaker',
  metric: 'ModelLatency',
  statistic: 'p95',
  dimensions: { EndpointName: 'e' },
};
const judged = { period: 300, evaluationPeriods: 3, datapointsToAlarm: 2, missing: 'ignore' };
const everyForm = [
  { name: 'slow', ...metric, ...judged, operator: '>', threshold: 300_000, unit: 'Microseconds' },
  { name: 'rate', expression: 'a / b', metrics: { a: metric, b: metric }, ...judged, operator: '>=', threshold: 1 },
  { name: 'odd', ...metric, ...judged, operator: 'outside', band: 2.5 },
  { name: 'bad', composite: 'ALARM(slow) AND NOT OK(odd)' },
];
