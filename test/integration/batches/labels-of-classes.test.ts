import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabelsAdded } from '../../../src/documents/labels-added.js';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import { changeProject } from '../../support/aws-project.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

const kinds = ['none', 'comp1', 'häuser, "x"'];
/** Target and time are called as the feature store calls columns of its own: the project has other names for them. */
const names = ['machine', 'event_time', 'a', 'b', 'c', 'is_deleted'] as const;
type Reading = Record<(typeof names)[number], string>;

function readings(month: number, rows = 300): Reading[] {
  const u = lcgNumbers(60 + month);
  return Array.from({ length: rows }, (_, at) => {
    const kind = Math.floor(3 * u());
    const [a, b, c] = kinds.map((_, place) => (u() + (place === kind ? 0.6 : 0)).toFixed(4)) as [
      string,
      string,
      string,
    ];
    return { machine: `M${at}`, event_time: `2026-0${month}-15`, a, b, c, is_deleted: kinds[kind]! };
  });
}

describe('labels of several classes that come later, in columns that the project calls otherwise', function () {
  this.timeout(60_000);
  const place = temporaryFolder();
  const project = join(place.path, 'machines');
  const at = ['--project', project];
  const quoted = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const file = (name: string, rows: readonly Reading[], columns: readonly (keyof Reading)[], heads = [...columns]) => {
    const path = join(place.path, name);
    const lines = rows.map((row) => columns.map((column) => quoted(row[column])).join(','));
    writeFileSync(path, `${[heads.join(','), ...lines].join('\n')}\n`);
    return path;
  };
  const add = (path: string, ...more: string[]) => mlops(['labels', 'add', path, ...more, ...at]);

  before(async () => {
    const asked = ['--target', 'is_deleted', '--entity', 'machine', '--time', 'event_time'];
    const made = await mlops(['init', project, '--from', file('machines.csv', readings(1, 900), names), ...asked]);
    assert.match(made.stderr + made.stdout, /is_deleted is called is_deleted_ in features\.sql/);
    changeProject(project, ['model', 'candidates', 1], undefined);
    const ran = await mlops(['run', ...at]);
    assert.equal(ran.code, 0, ran.stderr);
    const waiting = await mlops(['judge', file('feb.csv', readings(2), names.slice(0, 5)), ...at]);
    assert.equal(waiting.code, 3, waiting.stdout);
  });
  after(async () => {
    await mlops(['endpoint', 'delete', 'machines', ...at]);
    place.remove();
  });

  it('are found by the names of the source, whatever the case of their letters, and judged', async () => {
    const heads = ['Machine', 'EVENT_TIME', 'Is_Deleted'] as unknown as (keyof Reading)[];
    const labels = file('labels.csv', readings(2), ['machine', 'event_time', 'is_deleted'], heads);
    const added = await mlopsJson<LabelsAdded>(['labels', 'add', labels, ...at]);
    assert.deepEqual([added.matched, added.unmatched, added.batches[0]?.added], [300, 0, 300]);
    const { confusion, classes, n } = counted(added.results[0]!);
    assert.deepEqual([n, classes], [300, [...kinds].sort()]);
    const ofClass = (kind: string) => readings(2).filter((row) => row.is_deleted === kind).length;
    assert.deepEqual(
      confusion.map((row) => row.reduce((sum, one) => sum + one, 0)),
      [...kinds].sort().map(ofClass),
    );
  });

  it('other than rows have are refused with both, and by the names of the project too', async () => {
    const [first] = readings(2).filter((row) => row.is_deleted === 'none');
    const turned = [{ ...first!, is_deleted: 'comp1' }];
    const heads = ['machine', 'event_time_', 'is_deleted_'] as unknown as (keyof Reading)[];
    const path = file('turned.csv', turned, ['machine', 'event_time', 'is_deleted'], heads);
    const refused = await add(path);
    assert.equal(refused.code, 5, refused.stdout);
    assert.match(refused.stderr, /M\d+_2026-02-15 is none there and comp1 here/);
    assert.match((await add(path, '--replace')).stdout, /feb\.csv: 0 new, 1 replaced/);
  });

  it('without times are never those of another month: it is asked which', async () => {
    await mlops(['judge', file('mar.csv', readings(3), names.slice(0, 5)), ...at]);
    const path = file('timeless.csv', readings(3), ['machine', 'is_deleted']);
    const refused = await add(path);
    assert.equal(refused.code, 2, refused.stdout);
    assert.match(refused.stderr, /found M0, which 2 batches have, expected a column of times .*--batch feb-.* or mar-/);
    const id = /mar-[0-9a-f]{6}/.exec(refused.stderr)![0];
    assert.match((await add(path, '--batch', id)).stdout, /mar\.csv: 300 new, 300 of 300/);
  });
});

function counted({ class_confusion: confusion, classes, n }: MonitoringResults) {
  return { confusion: confusion!, classes: classes!, n };
}
