import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Training } from '../../src/models/table/matrix.js';

const hour = 3_600_000;
const linesOf = (file: string): string[][] =>
  (file.endsWith('.gz') ? gunzipSync(readFileSync(file)) : readFileSync(file))
    .toString()
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.replaceAll('"', '').split(','));

/** When something happened to a machine, and what. */
function eventsOf(file: string): Map<string, { time: number; what: string }[]> {
  const events = new Map<string, { time: number; what: string }[]>();
  for (const [datetime, machine, what] of linesOf(file)) {
    const own = events.get(machine!) ?? [];
    events.set(machine!, own);
    own.push({ time: Date.parse(`${datetime!}Z`), what: what! });
  }
  return events;
}

/**
 * A folder of `PdM_*.csv` as rows: each machine every six hours: mean and deviation of each sensor over the last day, errors of the last day, age; the target
 * is the component that fails within the next day (1 to 4), or 0.
 */
export function machineRows(folder: string): Training {
  const [failures, errors] = ['PdM_failures.csv', 'PdM_errors.csv'].map((name) => eventsOf(join(folder, name)));
  const ages = new Map(linesOf(join(folder, 'PdM_machines.csv')).map(([machine, , age]) => [machine!, Number(age)]));
  const rows: { cells: number[]; target: number }[] = [];
  const readings = linesOf(join(folder, 'PdM_telemetry.csv.gz'));
  for (let end = 24; end < readings.length; end += 6) {
    const window = readings.slice(end - 24, end);
    const [datetime, machine] = window[23]!;
    if (window[0]![1] !== machine) continue;
    const now = Date.parse(`${datetime!}Z`);
    const sensors = [2, 3, 4, 5].map((place) => window.map((row) => Number(row[place])));
    const recent = (errors!.get(machine!) ?? []).filter(({ time }) => time <= now && time > now - 24 * hour);
    const next = (failures!.get(machine!) ?? []).find(({ time }) => time > now && time <= now + 24 * hour);
    const counts = [1, 2, 3, 4, 5].map((kind) => recent.filter(({ what }) => what === `error${kind}`).length);
    const cells = [...sensors.flatMap(spread), ...counts, ages.get(machine!)!];
    rows.push({ cells, target: next ? Number(next.what.at(-1)) : 0 });
  }
  const columns = rows[0]!.cells.map((_, place) => `Column_${place}`);
  const values = columns.map((_, place) => Float64Array.from(rows, ({ cells }) => cells[place]!));
  return { matrix: { columns, values, rows: rows.length }, target: Float64Array.from(rows, ({ target }) => target) };
}

function spread(values: number[]): [number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)];
}
