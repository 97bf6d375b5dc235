import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Batch } from '../../../src/documents/batch.js';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import { changeProject } from '../../support/aws-project.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { csvOf, customersOf, type Customer } from '../../support/monthly-customers.js';
import { temporaryFolder } from '../../support/temporary.js';

/** One file that is written anew every month with all that came so far. Nothing in it says when a row came. */
describe('a file that grows, without a column of times', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  const rows = (seed: number, first: number, count = 300) => customersOf({ month: '', seed, rows: count, first });
  const january = rows(1, 0, 600);
  const [may, june] = [rows(5, 1000), rows(6, 2000)];

  for (const named of [true, false])
    describe(named ? 'whose rows have names' : 'whose rows are known by their places', () => {
      const project = join(place.path, named ? 'named' : 'places');
      const at = ['--project', project];
      const columns: (keyof Customer)[] = [
        ...(named ? (['customer_id'] as const) : []),
        'age',
        'plan',
        'usage',
        'stays',
      ];
      let learned = 0;
      const featuresOf = async () => {
        const run = await mlopsJson<Run>(['run', ...at]);
        return run.stages.find(({ name }) => name === 'features')!.figures;
      };
      before(async () => {
        const table = join(place.path, `${named ? 'named' : 'places'}.csv`);
        writeFileSync(table, csvOf(january, columns));
        const asked = ['--target', 'stays', '--positive', 'yes', ...(named ? ['--entity', 'customer_id'] : [])];
        const made = await mlops(['init', project, '--from', table, ...asked]);
        assert.equal(made.code, 0, made.stderr);
        changeProject(project, ['model', 'candidates', 1], undefined);
        changeProject(project, ['monitor', 'batches'], { files: 'incoming', train: 'when-labelled' });
        mkdirSync(join(project, 'incoming'));
        const ran = await mlops(['run', ...at]);
        assert.equal(ran.code, 0, ran.stdout + ran.stderr);
      });
      after(async () => {
        await mlops(['endpoint', 'delete', named ? 'named' : 'places', ...at]);
      });

      it('joins training with every row once, whatever was in it before', async () => {
        writeFileSync(join(project, 'incoming', 'until-may.csv'), csvOf([...january, ...may], columns));
        writeFileSync(join(project, 'incoming', 'until-june.csv'), csvOf([...january, ...may, ...june], columns));
        await mlops(['monitor', ...at]);
        const all = await mlopsJson<{ batches: Batch[] }>(['batches', 'list', ...at]);
        const joined = all.batches.map((batch) => [batch.rows, batch.accepted !== null]);
        assert.deepEqual(joined, [
          [1200, true],
          [900, true],
        ]);
        const figures = await featuresOf();
        const total = ['train', 'validation', 'test', 'production'].reduce(
          (sum, part) => sum + Number(figures[`rows_${part}`]),
          0,
        );
        assert.deepEqual([total, figures.rows_of_batches], [1200, 600]);
        learned = Number(figures.rows_train) + Number(figures.rows_validation);
      });

      it('is never judged by what the version learned from, under whichever name that joined', async () => {
        const again = join(place.path, `again-${named ? 'named' : 'places'}.csv`);
        writeFileSync(again, csvOf([...january, ...may, ...june, ...rows(7, 3000, 100)], columns));
        const { models } = await mlopsJson<{ models: { version: string }[] }>(['model', 'list', ...at]);
        const args = ['judge', again, ...at, '--model-version', models[0]!.version];
        const results = await mlopsJson<MonitoringResults>(args);
        assert.deepEqual([results.batch!.rows, results.batch!.known], [1300, learned]);
      });
    });

  after(() => place.remove());
});
