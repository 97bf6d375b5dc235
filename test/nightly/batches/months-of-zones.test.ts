import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { withSession } from '../../../src/data/duckdb/session.js';
import { literal } from '../../../src/data/duckdb/sql.js';
import type { Batch } from '../../../src/documents/batch.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

interface Reading {
  sensor: string;
  /** Milliseconds, of UTC. */
  at: number;
  heat: number;
  failed: 'yes' | 'no';
}

function readings(month: number, rows: number): Reading[] {
  const chance = lcgNumbers(month);
  return Array.from({ length: rows }, (_, row) => {
    const heat = 20 + 40 * chance();
    const at = Date.UTC(2026, month - 1, 1) + row * 61 * 60_000;
    return {
      sensor: `S${row % 40}`,
      at,
      heat: Number(heat.toFixed(2)),
      failed: chance() < (heat - 20) / 40 ? 'yes' : 'no',
    };
  });
}

/** A moment as a clock so many minutes east of Greenwich tells it. */
function told(at: number, zone: number): string {
  const hours = String(Math.floor(Math.abs(zone) / 60)).padStart(2, '0');
  const offset = `${zone < 0 ? '-' : '+'}${hours}:${String(Math.abs(zone) % 60).padStart(2, '0')}`;
  return new Date(at + zone * 60_000).toISOString().replace('.000Z', offset);
}

describe('months whose times are told by the clocks of other zones', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  const at = (name: string) => join(place.path, name);
  const names = ['sensor', 'at', 'heat', 'failed'] as const;
  const csv = (rows: readonly Reading[], columns: readonly (keyof Reading)[], time: (at: number) => string) =>
    `${[columns.join(','), ...rows.map((row) => columns.map((name) => (name === 'at' ? time(row.at) : row[name])).join(','))].join('\n')}\n`;
  const jsonl = (rows: readonly Reading[], left: keyof Reading | undefined, time: (at: number) => string) =>
    rows.map((row) => `${JSON.stringify({ ...row, at: time(row.at), ...(left && { [left]: undefined }) })}\n`).join('');
  /** A Parquet file of a JSONL one, its times moments of a zone. */
  const parquet = (name: string, text: string) =>
    withSession({ folders: [place.path], signal: new AbortController().signal }, async (session) => {
      writeFileSync(at('told.jsonl'), text);
      const told = `read_json(${literal(at('told.jsonl'))}, columns = {sensor: 'VARCHAR', "at": 'TIMESTAMPTZ', heat: 'DOUBLE', failed: 'VARCHAR'})`;
      await session.run(`COPY (SELECT * FROM ${told}) TO ${literal(at(name))} (FORMAT parquet)`);
    });
  const project = (name: string) => ['--project', at(name)];
  const made = async (name: string, table: string) => {
    writeFileSync(at(`${name}.csv`), table);
    const asked = ['--target', 'failed', '--positive', 'yes', '--entity', 'sensor', '--time', 'at'];
    for (const args of [
      ['init', at(name), '--from', at(`${name}.csv`), ...asked],
      ['run', ...project(name)],
    ]) {
      const { code, stderr } = await mlops(args);
      assert.equal(code, 0, stderr);
    }
  };

  before(() =>
    made(
      'berlin',
      csv(readings(1, 600), names, (one) => told(one, 60)),
    ),
  );
  after(async () => {
    for (const name of ['berlin', 'days']) await mlops(['endpoint', 'delete', name, ...project(name)]);
    place.remove();
  });

  it('are the same moments, in packed JSON lines and in Parquet, and their late labels find every row', async () => {
    const [kolkata, newYork, tokyo] = [330, -300, 540].map((zone) => (one: number) => told(one, zone));
    const [february, march] = [readings(2, 300), readings(3, 300)];
    writeFileSync(at('february.jsonl.gz'), gzipSync(jsonl(february, 'failed', kolkata!)));
    writeFileSync(
      at('february-labels.csv'),
      csv(february, ['sensor', 'at', 'failed'], (one) => new Date(one).toISOString()),
    );
    await parquet('march.parquet', jsonl(march, 'failed', newYork!));
    await parquet('march-labels.parquet', jsonl(march, 'heat', tokyo!));
    for (const name of ['february.jsonl.gz', 'march.parquet'])
      assert.equal((await mlops(['judge', at(name), ...project('berlin')])).code, 3);
    for (const name of ['february-labels.csv', 'march-labels.parquet']) {
      const added = await mlops(['labels', 'add', at(name), ...project('berlin')]);
      assert.match(added.stdout, /300 new, 300 of 300 rows have a label now/, added.stderr);
    }
    const { batches } = await mlopsJson<{ batches: Batch[] }>(['batches', 'list', ...project('berlin')]);
    const last = (rows: readonly Reading[]) => new Date(rows.at(-1)!.at).toISOString().slice(0, 19).replace('T', ' ');
    assert.deepEqual(
      batches.map(({ labelled, window }) => [labelled, window]),
      [
        [300, { from: '2026-02-01 00:00:00', to: last(february) }],
        [300, { from: '2026-03-01 00:00:00', to: last(march) }],
      ],
    );
  });

  it('whose labels tell other times are told both', async () => {
    writeFileSync(
      at('local.csv'),
      csv(readings(3, 300), ['sensor', 'at', 'failed'], (one) => told(one, 540).slice(0, 19)),
    );
    const { code, stderr } = await mlops(['labels', 'add', at('local.csv'), ...project('berlin')]);
    assert.equal(code, 2);
    assert.match(stderr, /"S0" at 2026-03-01T09:00:00, …\), none of a row of .*; "S0" is there at 2026-03-12T20:40:00/);
  });

  it('are no days of a project that goes by days: which one a moment belongs to is asked, not guessed', async () => {
    const days = (rows: Reading[]) => rows.map((row, place) => ({ ...row, sensor: `D${place}` }));
    await made(
      'days',
      csv(days(readings(1, 400)), names, () => '2026-01-31'),
    );
    writeFileSync(
      at('midnight.jsonl'),
      jsonl(days(readings(2, 300)), undefined, () => '2026-02-28T00:00:00+09:00'),
    );
    const { code, stderr } = await mlops(['judge', at('midnight.jsonl'), ...project('days')]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /found "2026-02-27 15:00:00" \(UTC\) in column at \(300 of 300 values\), expected days/);
  });
});
