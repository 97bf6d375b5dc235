import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withSession } from '../../../src/data/duckdb/session.js';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

/** Names that a careless reader takes for two cells, for nothing, for a number or for a truth value. */
const names = ['a,b', 'None', ' x', '1.0', 'True', 'say "no"'];
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** Each class seen by a sensor of its own; every 40th row has no label: an empty text is none. */
function table(seed: number, rows: number, labelled: boolean): { csv: string; kinds: number[] } {
  const u = lcgNumbers(seed);
  const kinds: number[] = [];
  const lines = Array.from({ length: rows }, (_, row) => {
    const kind = Math.floor(names.length * u());
    kinds.push(kind);
    const sensors = names.map((_, place) => (u() + (place === kind ? 2 : 0)).toFixed(4));
    const label = row % 40 === 7 ? '""' : quoted(names[kind]!);
    return [`S${seed}-${row}`, ...sensors, ...(labelled ? [label] : [])].join(',');
  });
  const header = ['sample', ...names.map((_, place) => `sensor${place}`), ...(labelled ? ['kind'] : [])].join(',');
  return { csv: `${header}\n${lines.join('\n')}\n`, kinds };
}

describe('mlops predict, of several classes with odd names', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  after(() => place.remove());

  it('writes the label as it was written and the probability of every class, to text and to Parquet', async () => {
    const [project, trained, asked] = ['odd', 'kinds.csv', 'new.csv'].map((name) => join(place.path, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(trained, table(1, 500, true).csv);
    const { csv, kinds } = table(2, 60, false);
    writeFileSync(asked, csv);
    const made = await mlops(['init', project, '--from', trained, '--target', 'kind']);
    assert.equal(made.code, 0, made.stderr);
    const ran = await mlops(['run', '--to', 'train', '--project', project]);
    assert.equal(ran.code, 0, ran.stderr);
    for (const ending of ['csv', 'parquet']) {
      const out = join(place.path, `scored.${ending}`);
      const words = ['--out', out, '--model-version', 'v1', '--project', project];
      const done = await mlops(['predict', asked, ...words]);
      assert.equal(done.code, 0, done.stderr);
      const from = ending === 'csv' ? `read_csv('${out}', all_varchar = true, quote = '"', escape = '"')` : `'${out}'`;
      const rows = await withSession({ folders: [place.path] }, (session) => session.rows(`SELECT * FROM ${from}`));
      assert.equal(rows.length, kinds.length);
      rows.forEach((row, at) => {
        assert.equal(row.prediction, names[kinds[at]!], `row ${at + 1} of ${ending}`);
        const all = names.map((name) => Number(row[`probability_${name}`]));
        assert.ok(Math.abs(all.reduce((sum, one) => sum + one, 0) - 1) < 1e-9, JSON.stringify(row));
        assert.equal(Math.max(...all), all[kinds[at]!]);
      });
    }
  });
});
