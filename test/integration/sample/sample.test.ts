import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { latestRecords } from '../../../src/data/feature-group.js';
import { makeSample } from '../../../src/data/sample.js';
import { withSession } from '../../../src/data/duckdb/session.js';
import { statisticsOf as figuresOf } from '../../../src/drift/statistics.js';
import { features } from '../../../src/pipeline/stages/features.js';
import { ingest } from '../../../src/pipeline/stages/ingest.js';
import { loadProject } from '../../../src/project/load.js';
import { instantiate, templateNamed } from '../../../src/project/templates.js';
import { type Workplace, workplace } from '../../support/stage-context.js';

describe('sample data of the hard-drive template', function () {
  this.timeout(60_000);
  let folder: string;
  const place: Partial<Record<string, Workplace>> = {};

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'sample-'));
  });
  after(() => {
    for (const made of Object.values(place)) made?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const init = async (scenario: string, name = scenario, template = 'hdd-failure') => {
    const { folder: templateFolder } = await templateNamed(template, resolve('templates'));
    const projectFolder = join(folder, name);
    await instantiate({ name: '', title: '', description: '', folder: templateFolder }, projectFolder);
    const files = await makeSample({ templateFolder, projectFolder, scenario });
    return { projectFolder, files };
  };
  /** Runs the sample through ingest and features; null rates, means and failures of a part. */
  const made = async (scenario: string) => {
    const { projectFolder } = await init(scenario);
    const project = await loadProject(projectFolder);
    const own = workplace(project.file, project.sql);
    place[scenario] = own;
    own.context.project.folder = projectFolder;
    const taken = await own.run(ingest);
    await own.run(features);
    return { taken, statistics: (part: string) => statisticsOf(own, part) };
  };
  const smart = ['smart_5_raw', 'smart_187_raw', 'smart_188_raw', 'smart_197_raw', 'smart_198_raw'];
  const statisticsOf = async ({ context }: Workplace, part: string) => {
    const files = await context.environment.features.files(`hdd-failure-${part}`);
    return withSession({ folders: files.map((file) => dirname(file)) }, async (session) => {
      const relation = `(${latestRecords(files)})`;
      const [found] = await session.rows(`SELECT count(*) FILTER (failure = 1) AS failures,
        count(*) FILTER (failure = 1 AND smart_197_raw > 10) AS shown FROM ${relation}`);
      const { values } = await session.columns(`SELECT ${smart.join(', ')} FROM ${relation}`);
      const columns = Object.fromEntries(smart.map((name, at) => [name, figuresOf(values[at]!, values[at]!)]));
      return { columns, failures: Number(found?.failures), shown: Number(found?.shown) };
    });
  };

  it('is taken in without damage, holds failures enough to judge by, and nulls below the limit', async () => {
    const { taken, statistics } = await made('healthy');
    assert.deepEqual(taken.damage, []);
    assert.equal(taken.figures.backblaze_days, 10);
    assert.equal(taken.figures.reviews_rows, 4);
    for (const part of ['train', 'validation', 'test', 'production']) {
      const { columns, failures } = await statistics(part);
      assert.ok(failures >= 10, `${part} has ${failures} failures`);
      for (const name of smart)
        assert.ok(columns[name]!.null_pct! < 5 && columns[name]!.null_pct! > 0, `${part} ${name}`);
    }
    const [train, production] = [await statistics('train'), await statistics('production')];
    for (const name of smart) {
      const [a, b] = [train.columns[name]!, production.columns[name]!];
      assert.ok(Math.abs(a.mean! - b.mean!) < a.std!, `${name} does not drift`);
    }
    assert.ok(production.shown / production.failures > 0.9, 'failures show');
  });

  it('drifts in production only, where it is asked to', async () => {
    const { statistics } = await made('drifted');
    const [train, test, production] = [
      await statistics('train'),
      await statistics('test'),
      await statistics('production'),
    ];
    const z = (other: typeof train) => {
      const { mean, std } = train.columns.smart_188_raw!;
      return Math.abs(other.columns.smart_188_raw!.mean! - mean!) / std!;
    };
    assert.ok(z(production) > 2);
    assert.ok(z(test) < 0.5);
  });

  it('hides failures in production, where it is asked to', async () => {
    const { statistics } = await made('failing');
    const [train, production] = [await statistics('train'), await statistics('production')];
    assert.ok(train.shown / train.failures > 0.85);
    assert.ok(production.shown / production.failures < 0.6);
  });

  it('is the same every time', async () => {
    const bytes = ({ projectFolder, files }: Awaited<ReturnType<typeof init>>) =>
      files.map((file) => readFileSync(join(projectFolder, file)).toString('base64'));
    assert.deepEqual(bytes(await init('healthy', 'one')), bytes(await init('healthy', 'two')));
    assert.deepEqual(readdirSync(join(folder, 'one', '.mlops')), [], 'nothing half-written stays');
  });

  it('knows its scenarios', async () => {
    await assert.rejects(init('splendid'), /--scenario: found splendid, expected healthy, drifted, failing/);
  });

  it('copies the ready table of a template that has one', async () => {
    const { files } = await init('healthy', 'houses', 'house-prices');
    assert.deepEqual(files, ['data/sales.csv']);
  });
});
