import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelMonitorConstraintsSchema } from '../../../src/documents/model-monitor/constraints.js';
import { modelMonitorStatisticsSchema } from '../../../src/documents/model-monitor/statistics.js';
import { violated } from '../../../src/documents/model-monitor/violations.js';
import { modelMonitorText } from '../../../src/documents/model-monitor/text.js';
import { recognise } from '../../../src/documents/recognise.js';
import { describeWithData } from '../../support/shared-data.js';

describeWithData('genuine files of Model Monitor', 'model_monitor/housing', function (folder) {
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');

  it('are written back byte for byte', () => {
    const statistics = modelMonitorStatisticsSchema.parse(JSON.parse(text('statistics.json')));
    assert.equal(modelMonitorText(statistics), text('statistics.json').trimEnd());
    const constraints = modelMonitorConstraintsSchema.parse(JSON.parse(text('constraints.json')));
    assert.equal(modelMonitorText(constraints), text('constraints.json').trimEnd());
  });

  it('are recognised', () => {
    assert.equal(recognise(JSON.parse(text('statistics.json'))).kind, 'model-monitor-statistics');
    assert.equal(recognise(JSON.parse(text('constraints.json'))).kind, 'model-monitor-constraints');
  });
});

describe('documents of Model Monitor', () => {
  const violation = { feature_name: 'age', constraint_check_type: 'data_type_check', description: 'No.' };

  it('are recognised when they hold nothing but what they must', () => {
    assert.equal(recognise({ violations: [] }).kind, 'model-monitor-violations');
    assert.equal(recognise({ violations: [violation] }).kind, 'model-monitor-violations');
    assert.equal(recognise({ features: [], monitoring_config: {} }).kind, 'model-monitor-constraints');
    assert.equal(recognise({ features: [] }).kind, 'raw');
    assert.equal(recognise({ dataset: { item_count: 0 }, features: [] }).kind, 'model-monitor-statistics');
    assert.equal(recognise({ violations: [{ facet: 'age' }] }).kind, 'raw');
  });

  it('keep what is not known here', () => {
    const found = recognise({ violations: [{ ...violation, other: 1 }], more: true });
    assert.ok(found.kind === 'model-monitor-violations');
    assert.deepEqual(found.document, { violations: [{ ...violation, other: 1 }], more: true });
  });

  it('are written with doubles as Java writes them', () => {
    const text = modelMonitorText({
      version: 0,
      dataset: { item_count: 12_000_000 },
      features: [
        {
          name: 'a "b"',
          inferred_type: 'Fractional',
          numerical_statistics: {
            common: { num_present: 3, num_missing: 0 },
            mean: 0.0005,
            sum: 12_345_678,
            std_dev: 'NaN',
            min: -1e-300,
            max: 9_999_999.5,
          },
        },
      ],
    });
    assert.match(text, /^\{\n {2}"version" : 0\.0,\n {2}"dataset" : \{\n {4}"item_count" : 12000000\n {2}\},/);
    assert.match(text, /"mean" : 5\.0E-4,\n {6}"sum" : 1\.2345678E7,\n {6}"std_dev" : "NaN",/);
    assert.match(text, /"min" : -1\.0E-300,\n {6}"max" : 9999999\.5/);
    assert.match(text, /"name" : "a \\"b\\""/);
  });

  it('recognises what the monitors of model quality, bias and explainability write', () => {
    const kinds: [object, string, string?][] = [
      [
        {
          version: 0.0,
          violations: [{ constraint_check_type: 'LessThanThreshold', description: 'auc', metric_name: 'auc' }],
        },
        'model-monitor-violations',
        'auc',
      ],
      [
        {
          version: '1.0',
          violations: [
            {
              ...{ facet: 'gender', facet_value: 'F', metric_name: 'DPL' },
              ...{
                constraint_check_type: 'bias_drift_check',
                description: 'Value 0.3 exceeds the constraint value 0.1',
              },
            },
          ],
        },
        'model-monitor-violations',
        'DPL of gender = F',
      ],
      [
        {
          version: '1.0',
          violations: [
            {
              ...{ label: 'label0', metric_name: 'shap', constraint_check_type: 'feature_attribution_drift_check' },
              description: 'Feature attribution drift 0.76 exceeds threshold 0.9',
            },
          ],
        },
        'model-monitor-violations',
        'shap of label0',
      ],
      [
        {
          version: 0.0,
          binary_classification_constraints: { recall: { threshold: 0.57, comparison_operator: 'LessThanThreshold' } },
        },
        'model-quality-constraints',
      ],
      [
        { regression_constraints: { mae: { threshold: 3, comparison_operator: 'GreaterThanThreshold' } } },
        'model-quality-constraints',
      ],
    ];
    for (const [json, kind, what] of kinds) {
      const found = recognise(json);
      assert.equal(found.kind, kind, JSON.stringify(json));
      if (found.kind === 'model-monitor-violations') assert.equal(violated(found.document.violations[0]!), what);
    }
    assert.equal(recognise({ version: 0.0 }).kind, 'raw');
  });

  it('takes statistics in which a figure or a distribution is null for statistics', () => {
    const common = { num_present: 10, num_missing: 0 };
    const statistics = {
      dataset: { item_count: 10 },
      features: [
        { name: 'a', inferred_type: 'Fractional', numerical_statistics: { common, mean: null, distribution: null } },
        { name: 'n', inferred_type: 'Unknown', numerical_statistics: null },
        { name: 's', inferred_type: 'String', string_statistics: { common, distribution: { categorical: null } } },
      ],
    };
    assert.equal(recognise(statistics).kind, 'model-monitor-statistics');
  });
});
