import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { EndpointLook } from '../../../../src/pipeline/endpoints/look.js';
import { freshnessOf } from '../../../../src/pipeline/feature-groups/freshness.js';
import type { EndpointInfo } from '../../../../src/platform/ports/endpoints.js';
import type { FeatureGroup } from '../../../../src/platform/ports/features.js';
import type { ObjectEntry, ObjectReader } from '../../../../src/platform/ports/objects.js';
import type { Current } from '../../../../src/vscode/session/session.js';
import { alarmItems } from '../../../../src/vscode/trees/alarms.js';
import { endpointItems } from '../../../../src/vscode/trees/endpoints/endpoints.js';
import { makeFeatureGroupLevels } from '../../../../src/vscode/trees/feature-group-levels.js';
import { featureGroupItems } from '../../../../src/vscode/trees/feature-groups.js';
import { lines, now } from '../support.js';

const variants = [{ name: 'AllTraffic', modelVersion: 'v3', weight: 1 }];
const endpoint: EndpointInfo = {
  ...{ name: 'churn', status: 'InService', createdAt: '2026-11-01T00:00:00Z', ours: true, serving: variants },
  config: { name: 'churn', group: 'churn', variants, capture: 0.5 },
  fleet: [
    {
      ...{ name: 'AllTraffic', modelVersion: 'v3', weight: 1, desiredWeight: 1 },
      ...{ instance: 'ml.m5.large', instances: 1, desiredInstances: 2 },
    },
  ],
};
const look: EndpointLook = {
  ...{ endpoint, drift: null, hourlyCost: 0.115, invocations24h: 0, idle: true, reasons: {}, schedules: [] },
};

describe('an endpoint of an account in the tree', () => {
  const itemsOf = (seen: EndpointInfo, parts: Partial<EndpointLook> = {}) =>
    endpointItems([seen], { now, looks: new Map([['churn', { ...look, ...parts }]]) });

  it('says machines, cost and that nobody uses it', () => {
    const [item] = itemsOf(endpoint);
    assert.deepEqual(lines([item!]), ['doubtful churn | in service · v3 · idle 24 h']);
    assert.deepEqual(
      lines(item!.children!).map((line) => line.replace(/prices of \S+,/, 'prices of …,')),
      [
        'variant AllTraffic | 100 % · 1 of 2 × ml.m5.large · capture 50 %',
        'none Cost | about $0.12 an hour (prices of …, us-east-1)',
        'warn Use | idle: no request in 24 h',
      ],
    );
    assert.equal(item!.context, 'endpoint+running+scalable');
  });

  it('does not call it idle when nobody can say', () => {
    const [item] = itemsOf(endpoint, { idle: null, invocations24h: null, reasons: { invocations24h: 'not allowed' } });
    assert.deepEqual(lines([item!]), ['serving churn | in service · v3']);
    assert.ok(lines(item!.children!).includes('none Use | requests unknown: not allowed'));
  });

  it('is not well when an update was taken back, though the version is the one it was', () => {
    const drift = 'serves configuration churn-1, asked for churn-2: the update was taken back';
    const [item] = itemsOf({ ...endpoint, drift }, { idle: false });
    assert.deepEqual(lines([item!]), ['doubtful churn | in service · v3 · not as asked']);
    assert.equal(lines(item!.children!)[0], `warn Not as asked | ${drift}`);
  });

  it('shows schedules with how they ended, and the right that is missing to see them', () => {
    const schedule = { name: 'quality', type: 'DataQuality', status: 'Scheduled' };
    const last = { status: 'CompletedWithViolations', scheduledAt: '2026-11-21T08:33:00Z' };
    const [item] = itemsOf(endpoint, { schedules: [{ ...schedule, last }] });
    assert.ok(lines(item!.children!).includes('warn quality | last completed with violations 60 min ago'));
    const [denied] = itemsOf(endpoint, { schedules: null, reasons: { schedules: 'needs sagemaker:X' } });
    assert.ok(lines(denied!.children!).includes('error Monitoring schedules | needs sagemaker:X'));
  });

  it("folds others' below, closed and not described", () => {
    const others = [{ name: 'theirs', status: 'Failed' as const, ours: false }];
    const items = endpointItems([endpoint], { now, others });
    assert.deepEqual(lines(items.slice(1)), ['folder 1 endpoint of others']);
    const [theirs] = items[1]!.children!;
    assert.deepEqual(lines([theirs!]), ['broke theirs | failed · not this project’s']);
    assert.deepEqual([theirs!.lazy, theirs!.context], [true, 'endpoint+others']);
  });
});

describe('alarms of others in the tree', () => {
  it('are folded below, and do not count as the project’s', () => {
    const alarm = (name: string, state: 'OK' | 'ALARM') => ({
      ...{ name, state, since: '2026-11-21T09:19:00Z', reason: '' },
      rule: { kind: 'composite' as const, text: 'ALARM("x")', endpoints: [], alarms: ['x'] },
    });
    const items = alarmItems([alarm('ours', 'OK')], now, [alarm('b', 'OK'), alarm('a', 'ALARM')]);
    assert.deepEqual(lines(items), [
      'quiet ours | ok · of other alarms · 14 min',
      'folder 2 alarms of others | not this project’s · 1 in alarm',
    ]);
    assert.deepEqual(
      lines(items[1]!.children!).map((line) => line.split(' ')[1]),
      ['a', 'b'],
    );
    assert.equal(items[0]!.tooltip, 'ours\n\nAlarm when ALARM("x")');
  });
});

describe('how new a feature group is', () => {
  const group: FeatureGroup = {
    ...{ name: 'churn-train', status: 'Created', createdAt: '2026-11-01T00:00:00Z', recordId: 'record_id' },
    ...{ eventTime: 't', features: [], prefix: 'fs/data/', online: true, offline: true },
  };
  /** A bucket of these keys. */
  const bucketOf = (...keys: string[]) => {
    const list: ObjectReader['list'] = (prefix, { folders = false } = {}) => {
      const below = keys.filter((key) => key.startsWith(prefix));
      const entries = below.map((key): ObjectEntry => {
        const rest = key.slice(prefix.length);
        const at = rest.indexOf('/');
        if (folders && at >= 0) return { kind: 'folder', key: prefix + rest.slice(0, at + 1) };
        return { kind: 'object', key, size: 1, modifiedAt: '2026-11-21T08:00:00.000Z' };
      });
      const once = new Map(entries.map((entry) => [entry.key, entry]));
      return Promise.resolve({ items: [...once.values()].sort((left, right) => (left.key < right.key ? -1 : 1)) });
    };
    return { list } as unknown as ObjectReader;
  };
  const hour = (day: string, time: string) => `fs/data/year=2026/month=11/day=${day}/hour=${time}`;

  it('follows the newest partition to the newest event', async () => {
    const objects = bucketOf(
      `${hour('20', '23')}/20261120T235959Z_ABCDEFGHIJKLMNOP.parquet`,
      `${hour('21', '06')}/20261121T063305Z_ABCDEFGHIJKLMNOP.parquet`,
      `${hour('21', '06')}/20261121T060000Z_ABCDEFGHIJKLMNOP.parquet`,
    );
    const fresh = await freshnessOf(objects, group);
    assert.equal(fresh.newestEvent, '2026-11-21T06:33:05.000Z');
    const [item] = featureGroupItems([group], now, { fresh: new Map([[group.name, fresh]]) });
    assert.deepEqual(lines([item!]), ['table train | 0 features · 3 h behind']);
    assert.deepEqual(lines(item!.children!), [
      'none Store | online and offline',
      'none Newest event | 3 h behind · 2026-11-21 06:33 UTC',
      'none Newest file | 2 h ago',
    ]);
  });

  it('is known to the hour where files have names of their own', async () => {
    const fresh = await freshnessOf(bucketOf(`${hour('21', '06')}/part-0.parquet`), group);
    assert.equal(fresh.newestEvent, '2026-11-21T06:00:00.000Z');
  });

  it('is asked once in five minutes, anew by hand, and never remembered of the place that was left', async () => {
    const newest = bucketOf(`${hour('21', '06')}/20261121T063305Z_ABCDEFGHIJKLMNOP.parquet`);
    let go = () => undefined as void;
    let asked = 0;
    const list: ObjectReader['list'] = async (...words) => {
      asked += 1;
      if (asked === 1) await new Promise<void>((done) => (go = done));
      return newest.list(...words);
    };
    const features = { list: () => Promise.resolve({ items: [group] }), describe: () => Promise.resolve(group) };
    const environment = { name: 'prod', kind: 'aws', objects: { list }, features };
    const current = { project: { file: { name: 'churn', environments: {} } }, environment } as unknown as Current;
    const levels = makeFeatureGroupLevels();
    const left = levels.roots(current);
    while (asked === 0) await setImmediate();
    levels.forget();
    go();
    await left;
    const before = asked;
    await levels.roots(current);
    assert.ok(asked > before, 'what was seen in the place that was left is taken for this one');
    const once = asked;
    await levels.roots(current);
    assert.equal(asked, once);
    levels.forget();
    await levels.roots(current);
    assert.ok(asked > once, 'looking by hand sees nothing new');
  });

  it('is not known, with the reason, without files, in another layout, and without an offline store', async () => {
    const reasonOf = async (objects: ObjectReader, of = group) => (await freshnessOf(objects, of)).reason;
    assert.match((await reasonOf(bucketOf()))!, /no files yet/);
    assert.match(
      (await reasonOf(bucketOf('fs/data/abcdefgh/event_time_trunc=2026-11-21/x.parquet')))!,
      /no year= folders/,
    );
    assert.match((await reasonOf(bucketOf(), { ...group, prefix: undefined }))!, /no offline store/);
    const [item] = featureGroupItems([group], now, {
      fresh: new Map([[group.name, await freshnessOf(bucketOf(), group)]]),
    });
    assert.ok(lines(item!.children!).includes('none Freshness | unknown: it has no files yet'));
  });
});
