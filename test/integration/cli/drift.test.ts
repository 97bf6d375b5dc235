import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { DriftReport } from '../../../src/documents/drift-report.js';
import { driftReportSchema } from '../../../src/documents/drift-report.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { categories, numbers } from '../../support/generated.js';
import { temporaryFolder } from '../../support/temporary.js';
import { near } from '../../unit/drift/near.js';

type Cells = Record<string, (string | number)[]>;

describe('mlops drift', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  after(() => folder.remove());

  const csv = (columns: Cells) => {
    const names = Object.keys(columns);
    const rows = columns[names[0]!]!.map((_, row) => names.map((name) => columns[name]![row]).join(','));
    return [names.join(','), ...rows].join('\n') + '\n';
  };
  const file = (name: string, text: string | Uint8Array): string => {
    const path = join(folder.path, name);
    writeFileSync(path, text);
    return path;
  };
  const both = (reference: string, current: string) => ['drift', '--reference', reference, '--current', current];
  const column = (report: DriftReport, name: string) => report.columns.find((one) => one.column === name)!;

  const before: Cells = {
    x: [...numbers(1, 1500, 0, 1)],
    still: [...numbers(9, 1500, 3, 1)],
    letter: categories(11, 1500, [0.5, 0.8, 0.95, 1], 'abcd'),
    word: categories(12, 1500, [1], 'n').map(() => 'No'),
  };
  const after_: Cells = {
    x: [...numbers(2, 900, 0.15, 1.1)],
    still: [...numbers(8, 900, 3, 1)],
    letter: categories(13, 900, [0.1, 0.3, 0.5, 0.9, 1], 'abcde'),
    word: [...Array.from({ length: 899 }, () => 'No'), 'Steady'],
  };
  let reference: string;
  let current: string;

  beforeEach(() => {
    reference = file('reference.csv', csv(before));
    current = file('current.csv', csv(after_));
  });

  it('finds by Evidently’s rules what Evidently finds, whatever the kind of file', async () => {
    const report = await mlopsJson<DriftReport>([...both(reference, current), '--profile', 'evidently']);
    assert.ok(driftReportSchema.safeParse(report).success);
    near(column(report, 'x').statistic, 0.3484250411021337);
    assert.deepEqual(
      report.columns.map(({ method, drifted }) => [method, drifted]),
      [
        ['wasserstein', true],
        ['wasserstein', false],
        ['jensenshannon', true],
        ['jensenshannon', false],
      ],
    );
    assert.deepEqual([report.dataset.share, report.dataset.drifted], [0.5, true]);
    const zipped = file('current.csv.gz', gzipSync(csv(after_)));
    const lines = before.x!.map((_, row) =>
      JSON.stringify(Object.fromEntries(Object.entries(before).map(([name, cells]) => [name, cells[row]]))),
    );
    const others = both(file('reference.jsonl', lines.join('\n')), zipped);
    const again = await mlopsJson<DriftReport>([...others, '--profile', 'evidently']);
    assert.deepEqual(again.columns, report.columns);
  });

  it('says that it has drifted by the exit code only when asked to', async () => {
    assert.equal((await mlops([...both(reference, current), '--profile', 'evidently'])).code, 0);
    assert.equal((await mlops([...both(reference, current), '--profile', 'evidently', '--fail-on', 'drift'])).code, 1);
    const same = await mlops([...both(reference, reference), '--fail-on', 'drift']);
    assert.equal(same.code, 0, same.stdout + same.stderr);
  });

  it('asks by default for a difference that is sure and large, and tells new categories', async () => {
    const report = await mlopsJson<DriftReport>(both(reference, current));
    const [x, still, letter] = ['x', 'still', 'letter'].map((name) => column(report, name));
    assert.deepEqual([x!.drifted, still!.drifted, letter!.drifted], [true, false, true]);
    assert.ok(x!.p_adjusted! >= x!.p_value!);
    assert.deepEqual([letter!.severity, letter!.new_categories], ['major', ['e']]);
    assert.equal(x!.measures!.length, 4);
    assert.equal(still!.severity, 'none');
  });

  it('is inconclusive about a few rows', async () => {
    const few = file('few.csv', csv({ x: [1, 2, 3] }));
    const report = await mlopsJson<DriftReport>([...both(reference, few), '--columns', 'x']);
    assert.deepEqual([report.columns[0]!.drifted, report.dataset.drifted], [null, null]);
    assert.match(report.columns[0]!.reason!, /^3 values, expected at least 30/);
    const { code } = await mlops([...both(reference, few), '--columns', 'x', '--fail-on', 'drift']);
    assert.equal(code, 3);
  });

  it('cuts tables into chunks as NannyML does', async () => {
    const asked = [...both(reference, current), '--profile', 'nannyml', '--chunk-size', '150', '--columns', 'x'];
    const [x] = (await mlopsJson<DriftReport>(asked)).columns;
    near(x!.threshold, 0.19639092174422002);
    assert.deepEqual(
      x!.chunks!.map(({ from, to }) => [from, to]),
      [0, 150, 300, 450, 600, 750].map((from) => [from, from + 149]),
    );
    const whole = await mlopsJson<DriftReport>([...both(reference, current), '--profile', 'nannyml', '--columns', 'x']);
    near(whole.columns[0]!.statistic, 0.1742344656231785);
    near(whole.columns[0]!.threshold, 0.19639092174422002);
    assert.equal(whole.columns[0]!.drifted, false);
  });

  it('takes off what small samples differ by anyway, as the constraints that Model Monitor suggests do', async () => {
    const sagemaker = [...both(reference, current), '--profile', 'sagemaker', '--columns', 'x'];
    const [simple] = (await mlopsJson<DriftReport>([...sagemaker, '--method', 'linf_simple'])).columns;
    const [robust] = (await mlopsJson<DriftReport>(sagemaker)).columns;
    near(simple!.statistic, 0.13377777777777777);
    near(robust!.statistic, 0.05788311393373666);
    assert.deepEqual([simple!.drifted, robust!.drifted], [true, false]);
  });

  it('names what the tables do not share, and does not call it healthy', async () => {
    const odd = file(
      'odd.csv',
      csv({ x: Array.from({ length: 40 }, () => 'word'), letter: [...'a'.repeat(40)], new: [...'1'.repeat(40)] }),
    );
    const report = await mlopsJson<DriftReport>([...both(reference, odd), '--profile', 'evidently']);
    assert.deepEqual(report.schema, {
      missing: ['still', 'word'],
      extra: ['new'],
      types: [{ column: 'x', reference: 'DOUBLE', current: 'VARCHAR' }],
    });
    assert.match(column(report, 'x').reason!, /DOUBLE in the reference and VARCHAR now/);
    assert.equal(column(report, 'still').drifted, null);
    assert.equal(report.dataset.drifted, null);
  });

  it('leaves the distribution of a column without values open, and by default calls losing them all drift', async () => {
    const empty = file('empty.csv', csv({ x: Array.from({ length: 40 }, () => 'NA'), letter: [...'a'.repeat(40)] }));
    for (const profile of ['default', 'evidently', 'nannyml', 'sagemaker']) {
      const report = await mlopsJson<DriftReport>([...both(reference, empty), '--profile', profile, '--columns', 'x']);
      assert.equal(report.columns[0]!.drifted, profile === 'default' ? true : null, profile);
      assert.equal(report.columns[0]!.statistic, null, profile);
      assert.deepEqual(report.columns[0]!.missing, { reference: 0, current: 1 }, profile);
      assert.match(report.columns[0]!.reason!, /values/, profile);
    }
  });

  it('asks whether it matters when it is given the model', async () => {
    const rows = (shift: number) =>
      csv({
        used: [...numbers(1, 400, 0, 1)],
        idle: [...numbers(2, 400, shift, 1)],
        y: [...numbers(1, 400, 0, 1)].map((x) => Number(x > 0)),
      });
    const [before, after] = [file('train.csv', rows(0)), file('now.csv', rows(2))];
    const model = join(folder.path, 'model.txt');
    const params = file('params.json', '{"objective": "binary", "num_iterations": 5, "min_data_in_leaf": 5}');
    await mlops(['model', 'train', '--data', before, '--target', 'y', '--params', params, '--out', model]);
    const columns = ['--columns', 'used,idle'];
    const alone = await mlopsJson<DriftReport>([...both(before, after), ...columns]);
    assert.deepEqual([alone.dataset.share, alone.dataset.drifted], [0.5, true]);
    const weighed = await mlopsJson<DriftReport>([...both(before, after), ...columns, '--importance', model]);
    assert.equal(column(weighed, 'idle').drifted, true);
    assert.ok(weighed.dataset.share! < 0.1 && weighed.dataset.weighted);
    assert.equal(weighed.dataset.drifted, false);
  });

  it('compares two files of Model Monitor’s statistics without their rows', async () => {
    const statistics = (count: number) =>
      JSON.stringify({
        dataset: { item_count: 100 },
        features: [
          {
            name: 'letter',
            inferred_type: 'String',
            string_statistics: {
              common: { num_present: 100, num_missing: 0 },
              distribution: {
                categorical: {
                  buckets: [
                    { value: 'a', count },
                    { value: 'b', count: 100 - count },
                  ],
                },
              },
            },
          },
        ],
      });
    const [before, after] = [file('statistics.json', statistics(50)), file('latest.json', statistics(90))];
    const report = await mlopsJson<DriftReport>(both(before, after));
    assert.deepEqual([report.columns[0]!.method, report.dataset.drifted], ['psi', true]);
  });

  it('refuses what it does not know, naming what it knows', async () => {
    const wrong: [string[], RegExp][] = [
      [['--columns', 'leter'], /--columns: found "leter".*did you mean "letter"/],
      [['--profile', 'other'], /--profile: found "other", expected one of "default"/],
      [['--method', 'kss'], /--method: found "kss".*did you mean "ks"/],
      [['--chunk-size', '10'], /--chunk-size: found with --profile default, expected nannyml/],
      [['--fail-on', 'x'], /--fail-on: found "x", expected "drift"/],
    ];
    for (const [flags, text] of wrong) {
      const { code, stderr } = await mlops([...both(reference, current), ...flags]);
      assert.equal(code, 2, flags.join(' '));
      assert.match(stderr, text);
    }
    const { code, stderr } = await mlops(both(reference, join(folder.path, 'none.csv')));
    assert.equal(code, 2);
    assert.match(stderr, /none\.csv: found no such file, expected a table/);
  });

  describe('tells what no distribution shows', () => {
    /** Every `nth` row without a value, in a column of the same numbers otherwise. */
    const gappy = (seed: number, missing: number): Cells => ({
      x: [...numbers(seed, 1000, 0, 1)].map((value, at) => ((at * 37) % 100 < missing ? '' : value)),
    });
    const towns = (seed: number, names: string, fresh: number): Cells => ({
      town: categories(seed, 1000, [0.4, 0.7, 0.9, 1], names).map((name, at) => ((at * 37) % 100 < fresh ? 'Z' : name)),
    });
    const compare = (before: Cells, now: Cells, ...more: string[]) =>
      mlopsJson<DriftReport>([...both(file('then.csv', csv(before)), file('now.csv', csv(now))), ...more]);

    it('counts a share of missing values that rose, or fell, as drift of its column', async () => {
      for (const [then, now] of [
        [5, 52],
        [52, 5],
        [0, 100],
      ] as const) {
        const report = await compare(gappy(1, then), gappy(2, now));
        assert.deepEqual(column(report, 'x').missing, { reference: then / 100, current: now / 100 });
        assert.deepEqual([column(report, 'x').drifted, report.dataset.drifted], [true, true], `${then} to ${now}`);
      }
      for (const now of [5, 8]) {
        assert.equal((await compare(gappy(1, 5), gappy(2, now))).dataset.drifted, false, `5 to ${now}`);
      }
    });

    it('counts categories that the reference never had by their share of rows', async () => {
      const report = await compare(towns(1, 'abcd', 0), towns(2, 'abcd', 12));
      assert.equal(column(report, 'town').new_category_share, 0.12);
      assert.deepEqual([column(report, 'town').drifted, report.dataset.drifted], [true, true]);
      assert.equal((await compare(towns(1, 'abcd', 0), towns(2, 'abcd', 1))).dataset.drifted, false);
      assert.equal((await compare(towns(1, 'abcd', 12), towns(2, 'abcd', 12))).dataset.drifted, false);
    });

    it('leaves the answer of another profile as its library has it, and tells the share beside it', async () => {
      const files = both(file('then.csv', csv(gappy(1, 5))), file('now.csv', csv(gappy(2, 52))));
      for (const profile of ['evidently', 'nannyml', 'sagemaker']) {
        const report = await mlopsJson<DriftReport>([...files, '--profile', profile]);
        assert.equal(report.dataset.drifted, false, profile);
        const { stdout } = await mlops([...files, '--profile', profile]);
        assert.match(stdout, /^x: missing values 5 % to 52 %$/m, profile);
      }
    });

    it('names the missing values of columns that it does not compare', async () => {
      const days = (missing: number): Cells => ({
        day: Array.from({ length: 100 }, (_, at) =>
          at < missing ? '' : `2024-01-${String((at % 28) + 1).padStart(2, '0')}`,
        ),
        x: [...numbers(1, 100, 0, 1)],
      });
      const report = await compare(days(0), days(60));
      assert.deepEqual(column(report, 'day').missing, { reference: 0, current: 0.6 });
      assert.equal(column(report, 'day').drifted, true);
    });
  });
});
