import type { Command } from 'commander';

/** A line that works as it stands, for every command: the quickest way to see what it is for. */
const examples: Record<string, string> = {
  init: 'mlops init --from churn.csv --target left',
  run: 'mlops run --to train',
  ingest: 'mlops ingest --source sales=new/*.csv',
  features: 'mlops features --force',
  train: 'mlops train',
  deploy: 'mlops deploy --env prod',
  monitor: 'mlops monitor --fail-on warn',
  retrain: 'mlops retrain --force-retrain --reason "new prices"',
  judge: 'mlops judge march.csv',
  'labels add': 'mlops labels add march-labels.csv',
  'batches list': 'mlops batches list',
  'batches trend': 'mlops batches trend --out trend.html',
  'batches show': 'mlops batches show march-3fa1c2',
  'batches accept': 'mlops batches accept march-3fa1c2',
  status: 'mlops status --env prod',
  'runs list': 'mlops runs list --limit 5',
  'runs show': 'mlops runs show 20261130-102620-65cd69',
  'runs compare': 'mlops runs compare 20261130-102620-65cd69 20261130-102638-ec1fe9',
  gate: 'mlops gate --format junit > gates.xml',
  'gate backtest': 'mlops gate backtest --since 2026-01-01 --set recall.threshold=0.8',
  metrics: 'mlops metrics --data scored.csv --label y --score p',
  report: 'mlops report --format markdown',
  rows: 'mlops rows --cell fn --contributions',
  'override set': 'mlops override set force-skip-retrain --reason "data freeze" --until 2026-12-31',
  'override clear': 'mlops override clear force-skip-retrain',
  'override list': 'mlops override list',
  waive: 'mlops waive recall --owner growth-team --until 2026-12-31 --reason "labels come late"',
  history: 'mlops history --env prod',
  'bucket ls': 'mlops bucket ls monitoring/runs/',
  'bucket preview': 'mlops bucket preview s3://sales/2026/11.parquet --rows 50',
  'bucket cat': 'mlops bucket cat runs/20261130-102620-65cd69/run.json',
  'bucket get': 'mlops bucket get artifacts/models/v1/model.tar.gz model.tar.gz',
  'bucket put': 'mlops bucket put notes.json notes/notes.json',
  'bucket rm': 'mlops bucket rm notes/notes.json',
  'feature-group list': 'mlops feature-group list --env prod',
  'feature-group describe': 'mlops feature-group describe churn-train',
  'feature-group export': 'mlops feature-group export churn-train train.parquet',
  'feature-group query': 'mlops feature-group query churn-train --sql "SELECT count(*) FROM records"',
  'model list': 'mlops model list',
  'model approve': 'mlops model approve v3 --reason "checked with the owners"',
  'model reject': 'mlops model reject v3 --reason "learned from a leak"',
  'model register': 'mlops model register --file model.ubj --data labelled.csv --label y',
  'model train': 'mlops model train --data train.csv --target y --params params.json --out model.txt',
  'model predict': 'mlops model predict --model model.txt --data rows.csv --out predictions.csv',
  'model info': 'mlops model info --model model.txt',
  'model search':
    'mlops model search --data train.csv --target y --params params.json --space space.json --out best.json',
  predict: 'mlops predict new.parquet --out scored.parquet',
  'search show': 'mlops search show lightgbm',
  'endpoint list': 'mlops endpoint list --json',
  'endpoint show': 'mlops endpoint show churn',
  'endpoint start': 'mlops endpoint start churn',
  'endpoint stop': 'mlops endpoint stop churn',
  'endpoint delete': 'mlops endpoint delete churn',
  'endpoint logs': 'mlops endpoint logs churn --lines 20',
  'endpoint scale': 'mlops endpoint scale churn --instances 2 --env prod',
  'endpoint adopt': 'mlops endpoint adopt churn --env prod --yes --confirm churn',
<<<<<<< HEAD
  'endpoint check': 'mlops endpoint check churn --cases cases.jsonl --format junit > check.xml',
  'api user add': 'mlops api user add ana --role predictor',
  'api user list': 'mlops api user list',
  'api user remove': 'mlops api user remove ana',
=======
  'endpoint replay': 'mlops endpoint replay churn --model-version v3 --limit 500',
>>>>>>> main
  'endpoint invoke': `mlops endpoint invoke churn --data '{"features": {"visits": 3}}'`,
  'release start': 'mlops release start v4 --reason "passed a week on staging"',
  'release status': 'mlops release status',
  'release stop': 'mlops release stop --reason "support hears complaints"',
  'release rollback': 'mlops release rollback v3 --reason "wrong prices since noon"',
  'release history': 'mlops release history',
  'release admit': 'mlops release admit --env prod',
  'alarm list': 'mlops alarm list --all',
  'alarm show': 'mlops alarm show churn-Invocation5xxErrors',
  'alarm history': 'mlops alarm history churn-Invocation5xxErrors',
  drift: 'mlops drift --reference last-month.csv --current this-month.csv --fail-on drift',
  profile: 'mlops profile --data sales.parquet',
  'pipeline export': 'mlops pipeline export --to sagemaker > pipeline.json',
  'export prometheus': 'mlops export prometheus --out monitoring',
  'pipeline register': 'mlops pipeline register --diff --env prod',
  'pipeline start': 'mlops pipeline start --parameter ForceRetrain=true --env prod',
  'pipeline show': 'mlops pipeline show --env prod',
  apply: 'mlops apply --diff --env prod',
  cleanup: 'mlops cleanup --dry-run --env prod',
  serve: 'mlops serve --container --root /opt/ml',
  job: 'mlops job monitor --root /opt/ml',
  trust: 'mlops trust --list',
  'env list': 'mlops env list',
  'env show': 'mlops env show prod',
  'env use': 'mlops env use prod',
  'env write': 'mlops env write prod --on',
  'env trust': 'mlops env trust prod https://aws.proxy.example',
  doctor: 'mlops doctor --policy read --env prod',
};

/** The example of a command by its words: `bucket ls`. */
export const exampleOf = (path: string): string | undefined => examples[path];

/** Puts each command's example below its help. */
export function addExamples(command: Command, above: string[] = []): void {
  for (const child of command.commands) {
    const path = [...above, child.name()];
    const example = exampleOf(path.join(' '));
    if (example !== undefined) child.addHelpText('after', `\nExample:\n  ${example}`);
    addExamples(child, path);
  }
}
