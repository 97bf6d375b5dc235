import assert from 'node:assert/strict';
import { messageOf } from '../../../src/common/errors.js';
import { checkProject, parseProject } from '../../../src/project/load.js';
import { goodProject, spoiled } from './project-text.js';

function complaints(text: string): string[] {
  try {
    parseProject(text);
  } catch (error) {
    return messageOf(error).split('\n');
  }
  return [];
}

describe('reading mlops.json', () => {
  it('takes comments, trailing commas and defaults', () => {
    const file = parseProject(goodProject);
    assert.equal(file.features.sql, 'features.sql');
    assert.equal(file.endpoint.capture, 1);
    assert.equal(file.alarms, 'endpoint');
    assert.deepEqual(file.monitor.soft, { fail: 1, action: 'retrain' });
  });

  it('takes a byte order mark', () => {
    assert.equal(parseProject(`\uFEFF${goodProject}`).name, 'demo');
  });

  const plain =
    '{ "name": "a", "namespace": "n", "metric": "m", "statistic": "Sum", "period": 60, "evaluationPeriods": 1, "operator": ">", "threshold": 1 }';
  const alarms = (...list: string[]) =>
    spoiled(['"endpoint": {', `"alarms": [\n${list.join(',\n')}\n],\n"endpoint": {`]);
  const rate = (expression: string) =>
    `{ "name": "r", "expression": "${expression}", "metrics": { "e": { "namespace": "n", "metric": "m", "statistic": "Sum" } }, "period": 60, "evaluationPeriods": 1, "operator": ">", "threshold": 1 }`;

  it('takes alarms of every kind', () => {
    const file = parseProject(alarms(plain, rate('e * 100'), '{ "name": "c", "composite": "ALARM(a) OR ALARM(r)" }'));
    assert.equal(file.alarms.length, 3);
  });

  const cases: [title: string, text: string, ...lines: string[]][] = [
    [
      'an alarm with a misspelt key as one of its kind',
      alarms(plain.replace('"threshold"', '"treshold"')),
      'mlops.json:18:1: alarms[0].threshold: found nothing, expected a number',
      'mlops.json:18:124: alarms[0].treshold: found an unknown key, expected one of "name", "namespace", "metric", "dimensions", "statistic", "period", "evaluationPeriods", "datapointsToAlarm", "operator", "threshold", "missing", "unit", "then", "expression", "metrics", "band", "composite", "rule", "of", "endpoint", "variant", "side", "set" (did you mean "threshold"?)',
    ],
    [
      'live questions of a model that answers numbers, about rows that neither have a time nor wait',
      spoiled(
        ['"endpoint": {', '"live": {},\n"endpoint": {'],
        ['"task": "binary"', '"task": "multiclass"'],
        ['"level": "hard", "rule": "recall >= 0.70"', '"level": "hard", "rule": "accuracy >= 0.70"'],
        ['fpr <= 1.25 * baseline', 'log_loss <= 1.25 * baseline'],
        [',\n    "threshold": { "keep": "recall >= 0.70" }', ''],
      ),
      'mlops.json:16:11: live: found a model whose task is multiclass, expected binary: what is asked about is a risk between 0 and 1',
      'mlops.json:16:11: live: found no features.time, expected the column that says of which moment a row is',
      'mlops.json:16:11: live: found no rows that wait, expected features.split by "column", with "waiting": the values of rows without a label yet',
    ],
    [
      'functions and metrics that an expression cannot have',
      alarms(rate('RATE(e)'), rate('e / f').replace('"r"', '"s"')),
      'mlops.json:18:31: alarms[0].expression: found the function RATE, expected one of the functions IF and FILL',
      'mlops.json:19:35: alarms[1].expression: found the metric f, expected "e" (did you mean "e"?)',
    ],
    [
      'an alarm made of one that is not there or comes later, and two of one name',
      alarms('{ "name": "c", "composite": "ALARM(a) AND OK(nothing)" }', plain, plain),
      'mlops.json:18:36: alarms[0].composite: found the alarm a, expected one that stands before this one',
      'mlops.json:18:46: alarms[0].composite: found the alarm nothing, expected one that stands before this one',
      'mlops.json:20:11: alarms[2].name: found "a", which is an alarm already, expected another name',
    ],
    [
      'a network of jobs that is none, and a volume that no machine has',
      spoiled([
        '"endpoint": {',
        '"environments": { "prod": { "kind": "aws", "jobs": { "volumeGb": 0, "network": { "subnets": ["net-1"], "securityGroups": [] } } } },\n"endpoint": {',
      ]),
      'mlops.json:17:68: environments.prod.jobs.volumeGb: found 0, expected at least 1',
      'mlops.json:17:96: environments.prod.jobs.network.subnets[0]: found "net-1", expected a subnet such as "subnet-0a1b2c3d"',
      'mlops.json:17:124: environments.prod.jobs.network.securityGroups: found an empty list, expected at least 1 in the list',
    ],
    [
      'an environment whose calls would go elsewhere in the clear, or to a host made of its region',
      spoiled([
        '"endpoint": {',
        '"environments": { "prod": { "kind": "aws", "endpointUrl": "http://example.com", "region": "x.example.com/#" } },\n"endpoint": {',
      ]),
      'mlops.json:17:61: environments.prod.endpointUrl: found "http://example.com", expected https:// (http:// only on this machine)',
      'mlops.json:17:93: environments.prod.region: found "x.example.com/#", expected a region such as "eu-west-1"',
    ],
    [
      'a number out of range, and the sum it spoils',
      spoiled(['"train": 0.4', '"train": 1.4']),
      'mlops.json:7:41: features.split.train: found 1.4, expected at most 1',
    ],
    [
      'shares that do not add up to 1',
      spoiled(['"test": 0.1', '"test": 0.2']),
      'mlops.json:7:14: features.split: found shares that add up to 1.1, expected train + validation + test + production = 1',
    ],
    [
      'a misspelt key, with the one that was meant',
      spoiled(['"entity": "id"', '"entity": "id", "tiem": "date"']),
      'mlops.json:6:21: features.tiem: found an unknown key, expected one of "sql", "command", "format", "entity", "time", "split" (did you mean "time"?)',
    ],
    [
      'an unknown key inside a list and inside a variant of the split',
      spoiled(
        ['"family": "lightgbm"', '"family": "lightgbm", "colour": 1'],
        ['"by": "entity",', '"by": "entity", "sede": 1,'],
      ),
      'mlops.json:7:32: features.split.sede: found an unknown key, expected one of "by", "seed", "train", "validation", "test", "production", "column", "waiting" (did you mean "seed"?)',
      'mlops.json:13:44: model.candidates[0].colour: found an unknown key, expected one of "name", "family", "columns", "classWeight", "scale", "parameters", "search"',
    ],
    [
      'something missing, at the object that lacks it',
      spoiled(['"entity": "id",', '']),
      'mlops.json:5:15: features.entity: found nothing, expected a text',
    ],
    [
      'a wrong type',
      spoiled(['"columns": ["x_*"]', '"columns": "x_*"']),
      'mlops.json:13:55: model.candidates[0].columns: found "x_*", expected a list',
    ],
    [
      'a word that is not one of those known',
      spoiled(['"task": "binary"', '"task": "binry"']),
      'mlops.json:10:13: model.task: found "binry", expected one of "binary", "multiclass", "regression" (did you mean "binary"?)',
    ],
    [
      'an unknown kind of split',
      spoiled(['"by": "entity"', '"by": "moon"']),
      'mlops.json:7:22: features.split.by: found "moon", expected one of "entity", "column"',
    ],
    [
      'alarms that are neither the word nor a list',
      spoiled(['"endpoint": { "name": "demo" }', '"endpoint": { "name": "demo" }, "alarms": "all"']),
      'mlops.json:17:45: alarms: found "all", expected "endpoint" or a list',
    ],
    [
      'a wrong alarm in the list',
      spoiled(['"endpoint": { "name": "demo" }', '"endpoint": { "name": "demo" }, "alarms": [{ "name": 7 }]']),
      'mlops.json:17:46: alarms[0].namespace: found nothing, expected a text',
      'mlops.json:17:46: alarms[0].metric: found nothing, expected a text',
      'mlops.json:17:46: alarms[0].statistic: found nothing, expected a text',
      'mlops.json:17:46: alarms[0].period: found nothing, expected a number',
      'mlops.json:17:46: alarms[0].evaluationPeriods: found nothing, expected a number',
      'mlops.json:17:46: alarms[0].operator: found nothing, expected one of ">=", ">", "<", "<="',
      'mlops.json:17:46: alarms[0].threshold: found nothing, expected a number',
      'mlops.json:17:56: alarms[0].name: found 7, expected a text',
    ],
    [
      'a rule that cannot be read, at the sign that is wrong',
      spoiled(['"recall >= 0.70", "action"', '"recall => 0.70", "action"']),
      'mlops.json:20:58: monitor.gates[0].rule: found "=>", expected "(", "[" or one of >=, <=, >, <, ==, !=',
    ],
    [
      'a figure that the task does not have',
      spoiled(['"fpr <= 1.25', '"fbr <= 1.25']),
      'mlops.json:21:48: monitor.gates[1].rule: found "fbr", expected one of "recall", "precision", "fpr", "fnr", "specificity", "npv", "f1", "f0_5", "f2", "accuracy", "balanced_accuracy", "mcc", "kappa", "roc_auc", "average_precision", "ks", "log_loss", "brier", "ece", "mce", "null_pct", "z_mean", "null_rise", "psi" (did you mean "fpr"?)',
    ],
    [
      'a column figure without columns',
      spoiled(['"fpr <= 1.25 * baseline"', '"z_mean <= 2"']),
      'mlops.json:21:48: monitor.gates[1].rule: found "z_mean", expected "z_mean(*)": it is a figure of columns',
    ],
    [
      'two gates of one id, and a soft group that cannot fail',
      spoiled(['"id": "fpr"', '"id": "recall"'], ['"fail": 1', '"fail": 2']),
      'mlops.json:21:15: monitor.gates[1].id: found a second "recall", expected an id of its own',
      'mlops.json:23:23: monitor.soft.fail: found 2, expected at most 1, the number of soft gates',
    ],
    [
      'a soft group that cannot fail, for one of its gates judges candidates only',
      spoiled(['"fpr <= 1.25 * baseline"', '"fpr <= 1.25 * current"']),
      'mlops.json:23:23: monitor.soft.fail: found 1, expected at most 0, the number of soft gates',
    ],
    [
      'a figure of columns in a slice',
      spoiled(['"fpr <= 1.25 * baseline"', '"z_mean(x)[site=a] <= 2"']),
      'mlops.json:21:57: monitor.gates[1].rule: found the slice site=a, expected none: z_mean is a figure of columns',
    ],
    [
      'slices and a delay of labels that are none',
      spoiled(['"soft": { "fail": 1 }', '"soft": { "fail": 1 }, "slices": [{ "column": "age", "quantiles": 1 }], "labelDelay": "P1M"']), // prettier-ignore
      'mlops.json:23:71: monitor.slices[0].quantiles: found 1, expected at least 2',
      'mlops.json:23:91: monitor.labelDelay: found "P1M", expected days or weeks such as "P30D" or "P2W"',
    ],
    [
      'soft gates without their group',
      spoiled(['"soft": { "fail": 1 }', '']),
      'mlops.json:18:14: monitor: found 1 soft gates and no "soft", expected "soft": { "fail": how many must fail }',
    ],
    [
      'a model that would learn from what it predicts',
      spoiled(['"columns": ["x_*"]', '"columns": ["x_*", "failed", "id"]']),
      'mlops.json:13:63: model.candidates[0].columns[1]: found the target "failed", expected features only',
      'mlops.json:13:73: model.candidates[0].columns[2]: found the entity "id", expected features only',
    ],
    [
      'a learner and figures of another task',
      spoiled(
        ['"task": "binary"', '"task": "regression"'],
        ['"family": "lightgbm"', '"family": "logistic-regression"'],
      ),
      'mlops.json:13:32: model.candidates[0].family: found "logistic-regression", expected one of "lightgbm", "random-forest", "ridge", "given" for regression',
      'mlops.json:15:18: model.threshold: found a threshold, expected none: the task is regression',
      'mlops.json:20:51: monitor.gates[0].rule: found "recall", expected one of "rmse", "mae", "median_ae", "max_error", "mape", "r2", "explained_variance", "null_pct", "z_mean", "null_rise", "psi"',
      'mlops.json:21:48: monitor.gates[1].rule: found "fpr", expected one of "rmse", "mae", "median_ae", "max_error", "mape", "r2", "explained_variance", "null_pct", "z_mean", "null_rise", "psi"',
    ],
    [
      'a threshold rule against a baseline',
      spoiled(['"keep": "recall >= 0.70"', '"keep": "recall >= 0.9 * baseline"']),
      'mlops.json:15:28: model.threshold.keep: found "recall >= 0.9 * baseline", expected a figure, ">=" or "<=", and a number: "recall >= 0.70"',
    ],
    [
      'an endpoint name that SageMaker would not take',
      spoiled(['"endpoint": { "name": "demo" }', '"endpoint": { "name": "my_demo" }']),
      'mlops.json:17:25: endpoint.name: found "my_demo", expected letters, digits and "-" only, beginning and ending with a letter or digit',
    ],
    [
      'an environment that allows writing',
      spoiled([
        '"endpoint": { "name": "demo" }',
        '"endpoint": { "name": "demo" }, "environments": { "prod": { "kind": "aws", "write": true } }',
      ]),
      'mlops.json:17:87: environments.prod.write: found true, expected false',
    ],
    [
      'an environment under the built-in name',
      spoiled([
        '"endpoint": { "name": "demo" }',
        '"endpoint": { "name": "demo" }, "environments": { "local": { "kind": "aws" } }',
      ]),
      'mlops.json:17:62: environments.local: found an environment named "local", expected another name: this one is built in',
    ],
    [
      'syntax, before anything else',
      spoiled(['"name": "demo",', '"name" "demo",']),
      'mlops.json:3:10: found "demo", expected ":"',
    ],
    [
      'a key that is there twice',
      spoiled(['"entity": "id",', '"entity": "id", "entity": "serial",']),
      'mlops.json:6:21: entity: found a second "entity", expected each key once',
    ],
    ['an empty file', '', 'mlops.json:1:1: found the end, expected a value'],
    ['a file that holds no object', '[]', 'mlops.json:1:1: found an empty list, expected an object'],
  ];
  for (const [title, text, ...lines] of cases) {
    it(`reports ${title}`, () => {
      assert.deepEqual(complaints(text), lines);
    });
  }

  it('reports problems of different kinds together, in the order of the file', () => {
    const text = spoiled(
      ['"name": "demo",\n  "sources"', '"name": "de mo",\n  "sources"'],
      ['"test": 0.1', '"test": 0.2'],
      ['"fpr <= 1.25 * baseline"', '"fpr <= much"'],
    );
    assert.deepEqual(
      complaints(text).map((line) => line.split(': ').slice(0, 2).join(' ')),
      ['mlops.json:3:11 name', 'mlops.json:7:14 features.split', 'mlops.json:21:55 monitor.gates[1].rule'],
    );
  });

  it('hands an editor the same problems with their paths', () => {
    const { problems } = checkProject(spoiled(['"train": 0.4', '"train": 1.4']));
    assert.deepEqual(problems, [
      {
        line: 7,
        column: 41,
        path: ['features', 'split', 'train'],
        message: 'found 1.4, expected at most 1',
        known: [1],
      },
    ]);
  });

  it('lets test rows stand in for production, but never rows that a model learned from', () => {
    const split = '"split": { "by": "entity", "train": 0.4, "validation": 0.1, "test": 0.1, "production": 0.4 }';
    const by = (production: string) => `"split": { "by": "column", "column": "part", "production": ${production} }`;
    assert.deepEqual(complaints(spoiled([split, by('["later", "test"]')])), []);
    assert.deepEqual(complaints(spoiled([split, by('["later", "train"]')])), [
      'mlops.json:7:74: features.split.production[1]: found "train", which feeds train already, expected one part',
    ]);
  });
});
