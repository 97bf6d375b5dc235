import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { withSession } from '../../../src/data/duckdb/session.js';
import { feedDuties } from '../../../src/pipeline/watching/feed-duties.js';
import { fedSources } from '../../../src/pipeline/feeds/fed-sources.js';
import { pollFeed } from '../../../src/pipeline/feeds/poll.js';
import { ingest } from '../../../src/pipeline/stages/ingest.js';
import { projectFile, workplace, type Workplace } from '../../support/stage-context.js';

/** 2026-11-21T09:30:00Z, a minute before the workplace's clock. */
const start = 1795253400;
const hour = 3600;
type Station = Record<string, unknown>;

/** `station_status.json` as version 2 of the General Bikeshare Feed Specification has it, and as version 3 has. */
const version2 = (at: number, stations: Station[]) => ({
  last_updated: at,
  ttl: 60,
  version: '2.3',
  data: { stations },
});
const version3 = (at: number, stations: Station[]) => ({
  ...{ last_updated: new Date(at * 1000).toISOString(), ttl: 60, version: '3.0' },
  data: { stations: stations.map(({ num_bikes_available: n, ...rest }) => ({ ...rest, num_vehicles_available: n })) },
});
const stations = (count: number): Station[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ station_id: `0${at}`, num_bikes_available: at, num_docks_available: 20 - at },
    ...{ is_renting: true, vehicle_types_available: [{ vehicle_type_id: 'a', count: at }] },
  }));

const columns = {
  station_id: 'station_id',
  num_bikes_available: ['num_bikes_available', 'num_vehicles_available'],
  num_docks_available: 'num_docks_available',
};

describe('a source with a feed', function () {
  this.timeout(60_000);
  let place: Workplace;
  let says: (request: IncomingMessage, answer: ServerResponse) => void;
  const server = createServer((request, answer) => says(request, answer));
  const json = (document: unknown, headers: Record<string, string> = {}) => {
    says = (_request, answer) => answer.writeHead(200, headers).end(JSON.stringify(document));
  };

  before((done) => void server.listen(0, '127.0.0.1', done));
  after(() => server.close());
  beforeEach(() => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/station_status.json`;
    const feed = {
      url,
      rows: 'data.stations',
      time: { column: 'at', path: 'last_updated' },
      id: 'station_id',
      columns,
    };
    const expect = { num_bikes_available: { min: 0, max: 2000 } };
    const status = { files: 'data/*.csv', feed, expect, types: { station_id: 'varchar' }, unfit: 'set-aside' };
    place = workplace(projectFile({ sources: { status } }));
  });
  afterEach(() => {
    server.closeAllConnections();
    place.end();
  });

  const poll = (later = 0) => {
    const now = new Date((start + 65 + later) * 1000);
    return pollFeed(place.context, fedSources(place.context.project)[0]!, now);
  };
  const rows = (folder: string) => {
    const path = join(place.bucket, folder);
    return existsSync(path) ? readdirSync(path, { recursive: true, encoding: 'utf8' }).sort() : [];
  };
  const table = () =>
    withSession({ folders: [place.bucket] }, (session) =>
      session.rows(`SELECT * FROM '${join(place.bucket, 'curated/status/status.parquet')}' ORDER BY "at", station_id`),
    );

  it('becomes a table on a grid of time, with what was fetched beside it, by version 2 and version 3 alike', async () => {
    json(version2(start + 17, stations(3)));
    assert.deepEqual(await poll(), { status: 'landed', step: '2026-11-21T09:30:00.000Z', rows: 3, setAside: 0 });
    json(version3(start + 317, stations(3)));
    assert.equal((await poll(300)).status, 'landed');
    await place.run(ingest);
    const expected = [start + 17, start + 317].flatMap((at) =>
      [0, 1, 2].map((n) => ({ at, station_id: `0${n}`, num_bikes_available: n, num_docks_available: 20 - n })),
    );
    const found = (await table()).map((row) => ({ ...row, at: Number(row.at) }));
    assert.deepEqual(found, expected);
    const steps = ['09-30', '09-35'].flatMap((step) =>
      ['csv.gz', 'json.gz', 'manifest.json'].map((end) => `${step}.${end}`),
    );
    assert.deepEqual(rows('raw/status/feed/2026-11-21'), steps);
    const manifest = JSON.parse(
      readFileSync(join(place.bucket, 'raw/status/feed/2026-11-21/09-30.manifest.json'), 'utf8'),
    ) as Record<string, unknown>;
    assert.equal(manifest.source_ts, '2026-11-21T09:30:17.000Z');
    assert.equal(manifest.ingested_utc, '2026-11-21T09:31:05.000Z');
    assert.equal(manifest.rows, 3);
  });

  it('is asked by ingest too, and goes on with what it said before when it does not answer', async () => {
    json(version2(start, stations(2)));
    await place.run(ingest);
    says = (_request, answer) => answer.writeHead(503).end();
    await place.run(ingest, { later: hour * 1000 });
    assert.ok(place.messages.some((text) => text.includes('answered 503')));
    assert.equal((await table()).length, 2);
  });

  it('keeps one answer a step, and asks only for what is newer', async () => {
    const asked: (string | undefined)[] = [];
    says = (request, answer) => {
      asked.push(request.headers['if-none-match']);
      if (request.headers['if-none-match'] === '"one"') return void answer.writeHead(304).end();
      answer.writeHead(200, { etag: '"one"' }).end(JSON.stringify(version2(start, stations(2))));
    };
    assert.equal((await poll()).status, 'landed');
    assert.deepEqual(await poll(60), { status: 'unchanged' });
    assert.deepEqual(asked, [undefined, '"one"']);
    json(version2(start + 100, stations(2)));
    assert.deepEqual(await poll(120), { status: 'unchanged' }, 'another moment of the same step');
  });

  it('sets rows aside that do not fit or stand twice, and keeps them with the reason', async () => {
    const wrong = [
      { station_id: 'a', num_bikes_available: 'many' },
      { station_id: 'b', num_bikes_available: -1 },
      { num_bikes_available: 3 },
      ...[1, 2].map((n) => ({ station_id: 'twice', num_bikes_available: n })),
      'nothing of the kind',
    ];
    json(version2(start, [...stations(30), ...(wrong as Station[])]));
    assert.deepEqual(await poll(), { status: 'landed', step: '2026-11-21T09:30:00.000Z', rows: 30, setAside: 6 });
    const [file] = rows('ingest_errors/status');
    const kept = JSON.parse(readFileSync(join(place.bucket, 'ingest_errors/status', file!), 'utf8')) as {
      rows: { why: string }[];
    };
    assert.deepEqual(
      kept.rows.map(({ why }) => why),
      [
        'num_bikes_available: found "many", expected a number of at least 0 and at most 2000',
        'num_bikes_available: found "-1", expected a number of at least 0 and at most 2000',
        'found no station_id',
        'station_id stands twice',
        'station_id stands twice',
        'found no station_id',
      ],
    );
  });

  const hostile: [what: string, answer: () => void, why: RegExp][] = [
    ['no JSON', () => (says = (_r, answer) => void answer.end('<html>')), /found no JSON/],
    [
      'no list of rows',
      () => json({ last_updated: start, data: { stations: { a: 1 } } }),
      /found no list at data.stations/,
    ],
    ['no moment', () => json({ data: { stations: stations(2) } }), /found no moment at last_updated/],
    ['a moment without its zone', () => json({ last_updated: '2026-11-21T09:30:00', data: {} }), /found no moment/],
    ['a moment yet to come', () => json(version2(start + 7200, stations(2))), /is yet to come/],
    ['a clock that ran backwards', () => json(version2(start - 600, stations(2))), /ran backwards/],
    ['no row', () => json(version2(start + 300, [])), /found 0 rows, expected 1 to/],
    [
      'more rows wrong than one in five',
      () => json(version2(start + 300, [{}, ...stations(2)])),
      /1 of 3 rows do not fit/,
    ],
    [
      'fifty megabytes',
      () =>
        (says = (_r, answer) => {
          const piece = Buffer.alloc(1e6, ' ');
          let left = 50;
          const more = () => {
            while (left-- > 0) if (!answer.write(piece)) return void answer.once('drain', more);
            answer.end();
          };
          answer.on('error', () => undefined);
          more();
        }),
      /found more than 20.0 MB/,
    ],
  ];
  it('takes nothing of an answer that cannot be true, and keeps it with the reason', async () => {
    json(version2(start, stations(2)));
    await poll();
    const landed = rows('raw/status/feed');
    for (const [index, [what, answers, why]] of hostile.entries()) {
      answers();
      const polled = await poll(310 + index);
      assert.ok(polled.status === 'refused' && why.test(polled.why), `${what}: ${JSON.stringify(polled)}`);
    }
    assert.deepEqual(rows('raw/status/feed'), landed);
    assert.equal(rows('ingest_errors/status').length, hostile.length);
    json(version2(start + 300, stations(2)));
    assert.equal((await poll(400)).status, 'landed', 'and takes the next that is well');
  });

  it('is watched: each look says what came, and one that is not taken fails', async () => {
    const [duty] = feedDuties(place.context.project, place.context.environment);
    const { signal } = new AbortController();
    json(version2(start, stations(2)));
    const at = (later: number) => new Date((start + later) * 1000);
    assert.equal(await duty!.run(at(60), signal), 'source status: its feed said 2 rows of 2026-11-21T09:30:00.000Z');
    assert.equal(await duty!.run(at(90), signal), undefined);
    assert.equal(duty!.every, 300_000);
    json({});
    await assert.rejects(duty!.run(at(360), signal), /found no moment/);
  });

  it('stays where its newest answer is old itself', async () => {
    json(version2(start - 300 * 24 * hour, stations(2)));
    await poll();
    await place.run(ingest);
    assert.equal((await table()).length, 2);
  });

  it('forgets what is older than it keeps', async () => {
    json(version2(start, stations(2)));
    await poll();
    const later = 15 * 24 * hour;
    json(version2(start + later, stations(2)));
    await poll(later);
    assert.deepEqual(
      rows('raw/status/feed').filter((name) => name.endsWith('.csv.gz')),
      ['2026-12-06/09-30.csv.gz'],
    );
  });
});
