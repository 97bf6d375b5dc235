import assert from 'node:assert/strict';
import { endpointAlarms } from '../../../src/alarms/endpoint-alarms.js';
import { endpointDashboard, type Widget } from '../../../src/export/dashboard.js';
import { alarmDefinitionSchema } from '../../../src/project/schema.js';
import { projectFile } from '../../support/stage-context.js';

const place = { environment: 'prod', region: 'eu-west-1', account: '123456789012' };
const file = projectFile({});

const alarm = (name: string, metric: string, operator: string, threshold: number, period = 300) =>
  alarmDefinitionSchema.parse({
    ...{ name, namespace: 'Made/Model', metric, dimensions: { City: 'nyc' }, statistic: 'Average', period },
    ...{ evaluationPeriods: 2, operator, threshold },
  });

function overlap(left: Widget, right: Widget): boolean {
  return (
    left.x < right.x + right.width &&
    right.x < left.x + left.width &&
    left.y < right.y + right.height &&
    right.y < left.y + left.height
  );
}

function assertFits(widgets: Widget[]): void {
  for (const [index, one] of widgets.entries()) {
    assert.ok(one.x >= 0 && one.width >= 1 && one.x + one.width <= 24, JSON.stringify(one));
    for (const other of widgets.slice(index + 1)) assert.ok(!overlap(one, other), JSON.stringify([one, other]));
  }
}

describe("the dashboard of a project's endpoint", () => {
  it('has a heading, seven graphs, the alarms and four figures, none over another', () => {
    const { widgets } = endpointDashboard(file, endpointAlarms('made'), place);
    assertFits(widgets);
    const counts = new Map<string, number>();
    for (const { type, properties } of widgets) {
      const kind = type === 'metric' ? String(properties.view) : type;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    assert.deepEqual(Object.fromEntries(counts), { text: 1, timeSeries: 7, alarm: 1, singleValue: 4 });
  });

  it('names the alarms by their ARNs, in the partition of the region', () => {
    const arns = (region: string) => {
      const { widgets } = endpointDashboard(file, endpointAlarms('made'), { ...place, region });
      return widgets.find(({ type }) => type === 'alarm')!.properties.alarms as string[];
    };
    assert.equal(arns('eu-west-1').length, 8);
    assert.equal(arns('eu-west-1')[0], 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:made-Invocation5xxErrors');
    assert.match(arns('cn-north-1')[0]!, /^arn:aws-cn:/);
  });

  it('shows every other metric that an alarm watches once, with all thresholds', () => {
    const alarms = [
      alarm('drift-warn', 'PSI', '>=', 0.2, 3600),
      alarm('drift-crit', 'PSI', '>=', 0.3, 3600),
      alarm('quality', 'F1-24h', '<', 0.753, 1800),
      ...endpointAlarms('made'),
    ];
    const { widgets } = endpointDashboard(file, alarms, place);
    assertFits(widgets);
    const [psi, f1] = widgets.slice(13);
    assert.equal(widgets.length, 15);
    assert.deepEqual(psi!.properties.metrics, [['Made/Model', 'PSI', 'City', 'nyc', { stat: 'Average' }]]);
    const { horizontal } = psi!.properties.annotations as { horizontal: { value: number; label: string }[] };
    assert.deepEqual(
      horizontal.map(({ label, value }) => [label, value]),
      [
        ['drift-warn >= 0.2', 0.2],
        ['drift-crit >= 0.3', 0.3],
      ],
    );
    assert.equal(f1!.properties.period, 1800);
  });
});
