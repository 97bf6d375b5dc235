import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readResults } from '../../../../src/pipeline/watching/alarms/kept.js';
import { actionsFor, type Then } from '../../../../src/pipeline/watching/alarms/plan.js';
import type { AlarmChange, WatchedAlarms } from '../../../../src/documents/watching/watched-alarms.js';
import { temporaryFolder } from '../../../support/temporary.js';
import { virtualClock } from '../../../support/virtual-clock.js';
import { watchedProject } from '../../../support/watched-project.js';

const states = { A: 'ALARM', O: 'OK', I: 'INSUFFICIENT_DATA' } as const;
/** `OA`: from OK to ALARM, a minute after the one before. */
const changes = (...moves: string[]): AlarmChange[] =>
  moves.map((move, minute) => {
    const [from, to] = [...move] as (keyof typeof states)[];
    const at = `2026-03-02T00:0${minute}:00.000Z`;
    return { at, alarm: 'a', from: states[from!], to: states[to!], reason: move, value: null };
  });
const asked: Then = {
  then: ['page', 'run', 'log', 'topic', 'note'],
  actions: {
    page: { kind: 'webhook', shape: 'json', url: 'env:A' },
    run: { kind: 'command', command: ['a'], minutes: 1 },
    log: { kind: 'file', path: 'a.log' },
    topic: { kind: 'sns', topic: 'arn:aws:sns:eu-west-1:123456789012:a' },
    note: { kind: 'notification', on: ['no-data'] },
  },
};
const planned = (open: boolean, ...moves: string[]) => {
  const found = actionsFor(changes(...moves), asked, open);
  return [found.planned.map(({ change, action }) => `${change.reason} ${action}`).join(', '), found.open];
};

describe('what is done when an alarm changes', () => {
  it('is what its actions are for; a topic is told by CloudWatch', () => {
    assert.deepEqual(planned(false, 'OA'), ['OA page, OA run, OA log', true]);
    assert.deepEqual(planned(true, 'AO'), ['AO page, AO log', false]);
    assert.deepEqual(planned(false, 'OI'), ['OI log, OI note', false]);
  });

  it('is nothing for one that is well and was never told to be ill', () => {
    assert.deepEqual(planned(false, 'IO'), ['', false]);
  });

  it('is still told to be well again after there was nothing to judge', () => {
    assert.deepEqual(planned(true, 'AI'), ['AI log, AI note', true]);
    assert.deepEqual(planned(true, 'IO'), ['IO page, IO log', false]);
  });

  it('is told once a state for one that went to and fro while nobody looked', () => {
    assert.deepEqual(planned(false, 'OA', 'AO', 'OA', 'AO'), ['OA page, OA run, OA log, AO page, AO log', false]);
  });
});

describe('actions of alarms that are watched', () => {
  const folder = temporaryFolder();
  let clock: ReturnType<typeof virtualClock>;
  beforeEach(() => (clock = virtualClock('2026-03-02T00:00:00.000Z')));
  afterEach(() => clock.end());
  after(() => folder.remove());
  const errors = { name: 'errors', metric: 'Invocation5XXErrors', rule: '> 0', missing: 'notBreaching' };
  const lines = (path: string) => readFileSync(path, 'utf8').trim().split('\n').length;

  it('are not done again by the next watcher, also where the last one was killed in the middle of one', async () => {
    const place = join(folder.path, 'killed');
    const actions = { log: { kind: 'file', path: 'told.jsonl' } };
    const made = watchedProject(place, { alarms: [{ ...errors, then: ['log'] }], actions }, clock);
    await made.put({ metric: 'Invocation5XXErrors', from: 1, to: 60, values: [1] });
    await made.watchFor(20, 5);
    assert.equal(lines(join(place, 'told.jsonl')), 1);
    await made.watchFor(20, 5);
    assert.equal(lines(join(place, 'told.jsonl')), 1, 'once a change, whoever watches');

    // As it stands after a kill: one action was begun and did not end, one was not begun.
    const path = join(place, '.mlops/watching/local/alarms.json');
    const kept = JSON.parse(readFileSync(path, 'utf8')) as WatchedAlarms;
    const [change] = changes('OA');
    const pending = { change: { ...change!, alarm: 'errors' }, endpoint: null, action: 'log' };
    const both = [
      { ...pending, begun: true },
      { ...pending, begun: false },
    ];
    writeFileSync(path, JSON.stringify({ ...kept, pending: both }));
    await made.watchFor(5, 5);
    assert.equal(lines(join(place, 'told.jsonl')), 2);
    const results = (await readResults(made.watched)).slice(-2);
    assert.deepEqual(
      results.map(({ ok, said }) => [ok, said]),
      [
        [false, 'it is not known whether it was done: the watcher ended meanwhile'],
        [true, 'added to told.jsonl'],
      ],
    );
  });

  it('that fail are told and kept, and the alarms go on being judged', async () => {
    const place = join(folder.path, 'failing');
    const actions = {
      page: { kind: 'webhook', url: 'env:NO_SUCH_VARIABLE_HERE' },
      run: { kind: 'command', command: ['never-allowed'] },
      log: { kind: 'file', path: 'told.jsonl' },
    };
    const made = watchedProject(place, { alarms: [{ ...errors, then: ['page', 'run', 'log'] }], actions }, clock);
    await made.put({ metric: 'Invocation5XXErrors', from: 10, to: 15, values: [1] });
    const [record] = await made.watchFor(40, 5);
    assert.deepEqual(await made.states('errors'), ['OK', 'ALARM', 'OK']);
    const failed = made.said.filter(({ failed }) => failed).map(({ text }) => text);
    assert.match(failed[0]!, /alarm errors: OK -> ALARM/);
    assert.match(failed[0]!, /action page of errors failed: the variable NO_SUCH_VARIABLE_HERE is not set/);
    assert.match(failed[0]!, /action run of errors failed: .*mlops trust -- never-allowed/);
    assert.match(failed[0]!, /action log of errors done/);
    assert.equal(record!.looks, 8);
    const results = await readResults(made.watched, 'errors');
    assert.deepEqual(
      results.map(({ action, to, ok }) => `${action} ${to} ${ok}`),
      ['page ALARM false', 'run ALARM false', 'log ALARM true', 'page OK false', 'log OK true'],
    );
  });

  it('are those of mlops.json as it stands now; one that cannot be read is told, and mended counts again', async () => {
    const place = join(folder.path, 'edited');
    const made = watchedProject(place, { alarms: [errors] }, clock);
    const path = join(place, 'mlops.json');
    const text = readFileSync(path, 'utf8');
    await made.put({ metric: 'Invocation5XXErrors', from: 30, to: 60, values: [1] });
    await made.watchFor(10, 5);
    writeFileSync(path, text.replace('"rule":"> 0"', '"rule":"> none"'));
    await made.watchFor(10, 5);
    assert.match(made.said.at(-1)!.text, /mlops\.json:1:\d+: alarms\[0\]\.rule: found "none"/);
    const told = { then: ['log'], ...errors };
    const part = { alarms: [told], actions: { log: { kind: 'file', path: 'told.jsonl' } } };
    writeFileSync(path, JSON.stringify({ ...(JSON.parse(text) as object), ...part }));
    await made.watchFor(30, 5);
    assert.equal(lines(join(place, 'told.jsonl')), 1);
  });
});
