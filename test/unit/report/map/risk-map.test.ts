import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { riskMapSchema, type RiskMap } from '../../../../src/documents/map/risk-map.js';
import { tablesOf } from '../../../../src/report/export/tables.js';
import { paperOf, scaleOf } from '../../../../src/report/map/project-places.js';
import { riskMapPage } from '../../../../src/report/map/risk-map.js';
import { now, plain, section } from '../../../support/documents.js';

const place = (id: string, risk: number | null, more: Partial<RiskMap['places'][number]> = {}) => ({
  ...{ id, name: `Stand ${id}`, latitude: 59.9, longitude: 10.7, risk, now: 3, capacity: 20, ...more },
});
const map = (parts: Partial<RiskMap>): RiskMap =>
  riskMapSchema.parse({
    ...{ kind: 'risk-map', schemaVersion: 1, title: 'Stands', at: '2026-11-21T09:58:00Z' },
    ...{ places: [], moves: [], freshness: {} },
    ...parts,
  });
const pageOf = (parts: Partial<RiskMap>) => riskMapPage(map(parts), plain);

describe('the map of places at risk', () => {
  it('puts each place where it lies, a kilometre as long to the east as to the north', () => {
    const paper = paperOf([
      { latitude: 60, longitude: 10 },
      { latitude: 60.1, longitude: 10 },
      { latitude: 60, longitude: 10.2 },
    ]);
    const [north, south, east] = [
      paper.at({ latitude: 60.1, longitude: 10 }),
      paper.at({ latitude: 60, longitude: 10 }),
      paper.at({ latitude: 60, longitude: 10.2 }),
    ];
    assert.ok(north[1] < south[1] && north[0] === south[0], 'north is above');
    assert.ok(east[0] > south[0] && east[1] === south[1], 'east is to the right');
    // At 60° north two tenths of a degree to the east are about as long as one tenth to the north.
    const up = (south[1] - north[1]) / paper.proportion;
    assert.ok(Math.abs((east[0] - south[0]) / up - 1) < 0.01);
    for (const share of [...north, ...south, ...east]) assert.ok(share > 0 && share < 1);
  });

  it('is drawn of one place, of none, of a street, and across the 180th meridian', () => {
    assert.deepEqual(paperOf([{ latitude: 1, longitude: 2 }]).at({ latitude: 1, longitude: 2 }), [0.5, 0.5]);
    assert.ok(Number.isFinite(paperOf([]).proportion));
    const street = paperOf([-1, 0, 1].map((longitude) => ({ latitude: 0, longitude })));
    assert.ok(street.proportion < 2.6);
    const fiji = paperOf([
      { latitude: -17, longitude: 179.9 },
      { latitude: -17, longitude: -179.9 },
    ]);
    assert.ok(fiji.kilometres < 30, `${fiji.kilometres} km`);
    assert.deepEqual(
      [3.1, 0.9, 47, 1300].map((km) => scaleOf(km).text),
      ['500 m', '200 m', '10 km', '200 km'],
    );
  });

  it('tells levels by the writer’s own limits, and an unknown risk is none of them', () => {
    const places = [place('a', 0.6), place('b', 0.3), place('c', 0.1), place('d', null, { reason: 'silent' })];
    const view = pageOf({ places, levels: { high: 0.5, some: 0.2 } });
    assert.equal(view.headline, '1 of 4 places is at high risk');
    const { points } = section(view.blocks, 'map');
    assert.deepEqual(Object.fromEntries(points.map(({ id, level }) => [id, level])), {
      ...{ a: 'high', b: 'some', c: 'low', d: 'unknown' },
    });
    assert.deepEqual(
      section(view.blocks, 'table', 'places').rows.map(({ id }) => id),
      ['a', 'b', 'c', 'd'],
    );
  });

  it('never reads as healthy where risks are not known, inputs are late, or one was never written', () => {
    const calm = [place('a', 0.001)];
    assert.equal(pageOf({ places: calm }).answer, 'pass');
    assert.equal(pageOf({ places: [place('a', null)] }).answer, 'inconclusive');
    assert.equal(pageOf({ places: [] }).answer, 'inconclusive');
    assert.equal(pageOf({ places: [...calm, place('b', null)] }).answer, 'warn');
    const at = new Date(now.getTime() - 11 * 60e3).toISOString();
    assert.equal(pageOf({ places: calm, freshness: { stands: { at, late_after_minutes: 10 } } }).answer, 'warn');
    assert.equal(pageOf({ places: calm, freshness: { stands: { at, late_after_minutes: 12 } } }).answer, 'pass');
    const never = pageOf({ places: calm, freshness: { labels: { at: null } } });
    assert.equal(never.answer, 'warn');
    assert.match(never.summary, /Late: labels/);
  });

  it('lists a place without a position, and draws a move only between places that lie somewhere', () => {
    const view = pageOf({
      places: [place('a', 0.9), place('b', 0), place('c', 0.5, { latitude: null, longitude: null })],
      moves: [
        { from: 'b', to: 'a', count: 4, distance_km: 1.2, why: 'near' },
        { from: null, to: 'a', count: 2, distance_km: null, why: 'more' },
        { from: 'b', to: 'c', count: 1, distance_km: null, why: 'unknown way' },
      ],
    });
    const drawn = section(view.blocks, 'map');
    assert.deepEqual([drawn.points.length, drawn.lines.length], [2, 1]);
    assert.match(drawn.summary, /1 without a position stands in the list alone/);
    assert.equal(section(view.blocks, 'table', 'places').rows.length, 3);
    const [, anywhere] = section(view.blocks, 'table', 'moves').rows;
    assert.equal(anywhere?.cells[2]?.text, 'anywhere');
  });

  it('of a town of 250 places has each within the paper once, and numbers the ten riskiest', () => {
    const file = join(import.meta.dirname, '../../../fixtures/maps/250-places.json');
    const { points } = section(
      riskMapPage(riskMapSchema.parse(JSON.parse(readFileSync(file, 'utf8'))), plain).blocks,
      'map',
    );
    assert.equal(new Set(points.map(({ id }) => id)).size, 249);
    assert.ok(points.every(({ x, y }) => x > 0 && x < 1 && y > 0 && y < 1));
    assert.deepEqual(
      points.flatMap(({ rank = [] }) => rank),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    );
  });

  it('has every place, move and age in its tables for CSV', () => {
    const view = pageOf({ places: [place('a', 0.9)], freshness: { stands: { at: null } } });
    assert.deepEqual(
      tablesOf(view).map(({ id }) => id),
      ['moves', 'places', 'freshness'],
    );
  });
});
