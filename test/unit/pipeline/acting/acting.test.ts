import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { LeadsOut } from '../../../../src/common/inside.js';
import { InputError, messageOf, UntrustedCommand } from '../../../../src/common/errors.js';
import type { AlarmNotice } from '../../../../src/documents/watching/notice.js';
import { act } from '../../../../src/pipeline/acting/act.js';
import { sendWebhook } from '../../../../src/pipeline/acting/webhook.js';
import { allowCommands } from '../../../../src/platform/permissions/command-trust.js';
import { temporaryFolder } from '../../../support/temporary.js';

const notice: AlarmNotice = {
  ...{ kind: 'alarm-notice', schemaVersion: 1, project: 'churn', environment: 'local', endpoint: 'churn-prod' },
  ...{ at: '2026-03-02T10:00:00.000Z', alarm: 'errors', from: 'OK', to: 'ALARM', reason: '5 > 0 & rising', value: 5 },
};
const signal = new AbortController().signal;
const patience = { attempts: 3, timeoutMs: 300, pauseMs: 1 };
const secret = '/services/T000/very-secret';

describe('a webhook of an alarm', () => {
  let server: Server;
  let got: { path: string; body: Record<string, unknown> }[];
  /** What the other side answers, one after the other; the last one from then on. `null`: nothing, ever. */
  let answers: (number | null)[];
  before(async () => {
    server = createServer((request, response) => {
      void read(request).then((body) => {
        got.push({ path: request.url!, body: JSON.parse(body) as Record<string, unknown> });
        const status = answers.length > 1 ? answers.shift()! : answers[0]!;
        if (status !== null)
          response.writeHead(status, { location: 'http://127.0.0.1:1/elsewhere' }).end('no: key K123');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  beforeEach(() => {
    got = [];
    answers = [200];
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}${secret}`;
  const send = (more: object = {}, told: Partial<AlarmNotice> = {}, url = address()) => {
    const webhook = { kind: 'webhook', shape: 'json', url: 'env:HOOK', ...more } as Parameters<typeof sendWebhook>[0];
    return sendWebhook(webhook, { ...notice, ...told }, signal, { HOOK: url, KEY: 'K123' }, patience);
  };

  it('gets all that is known, once', async () => {
    assert.equal(await send(), 'taken with HTTP 200');
    assert.deepEqual(got, [{ path: secret, body: notice }]);
  });

  it('of Slack gets one text, with what Slack reads as marks escaped', async () => {
    await send({ shape: 'slack' });
    assert.deepEqual(got[0]!.body, {
      text: ':red_circle: *churn (local): alarm errors is in alarm*\n5 &gt; 0 &amp; rising',
    });
  });

  it('of PagerDuty gets one incident an alarm, and its end', async () => {
    await send({ shape: 'pagerduty', key: 'env:KEY', severity: 'warning' });
    await send({ shape: 'pagerduty', key: 'env:KEY' }, { to: 'OK', from: 'ALARM' });
    const [trigger, resolve] = got.map(({ body }) => body);
    const incident = { routing_key: 'K123', dedup_key: 'churn/local/errors' };
    assert.deepEqual(resolve, { ...incident, event_action: 'resolve' });
    const { custom_details: details, ...payload } = trigger!.payload as Record<string, unknown>;
    assert.deepEqual(
      { ...trigger, payload },
      {
        ...{ ...incident, event_action: 'trigger' },
        payload: {
          ...{ summary: 'churn (local): alarm errors is in alarm: 5 > 0 & rising', source: 'churn-prod' },
          ...{ severity: 'warning', timestamp: notice.at },
        },
      },
    );
    assert.equal((details as { value: number }).value, 5);
  });

  it('is tried again while the other side is in trouble, a few times', async () => {
    answers = [503, 429, 200];
    assert.equal(await send(), 'taken with HTTP 200 at attempt 3');
    answers = [500];
    got = [];
    await assert.rejects(send(), /^BrokenError: nobody took it: HTTP 500, 3 attempts$/);
    assert.equal(got.length, 3);
  });

  it('is not tried again where the other side refuses it, and follows it nowhere else', async () => {
    for (const status of [400, 404, 302]) {
      got = [];
      answers = [status];
      await assert.rejects(send(), new RegExp(`nobody took it: HTTP ${status}$`));
      assert.equal(got.length, 1);
    }
  });

  it('is given up when it never answers', async () => {
    answers = [null];
    await assert.rejects(send(), /nobody took it: no answer in 0\.3 s, 3 attempts/);
  });

  const wrong: [string, string][] = [
    ['', 'the variable HOOK is not set where mlops watch runs'],
    ['very-secret', 'the variable HOOK holds no https address'],
    ['http://hooks.example.org/very-secret', 'the variable HOOK holds no https address'],
    ['file:///etc/very-secret', 'the variable HOOK holds no https address'],
  ];
  for (const [url, message] of wrong)
    it(`goes nowhere by "${url}"`, async () => {
      await assert.rejects(send({}, {}, url), (error) => error instanceof InputError && error.message === message);
      assert.equal(got.length, 0);
    });

  it('never says its address, its key or what the other side said', async () => {
    const unreachable = [address(), 'https://127.0.0.1:1/very-secret', 'https://very-secret.invalid/'];
    answers = [500];
    for (const url of unreachable) {
      const said = await send({ shape: 'pagerduty', key: 'env:KEY' }, {}, url).catch(messageOf);
      assert.match(said, /nobody took it/);
      assert.doesNotMatch(said, /very-secret|K123|127\.0\.0\.1/);
    }
  });
});

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}

describe('an action of an alarm', () => {
  const folder = temporaryFolder();
  const before_ = process.env.XDG_CONFIG_HOME;
  const at = { folder: folder.path, name: 'judge' };
  before(() => (process.env.XDG_CONFIG_HOME = join(folder.path, 'config')));
  after(() => {
    if (before_ === undefined) delete process.env.XDG_CONFIG_HOME;
    else process.env.XDG_CONFIG_HOME = before_;
    folder.remove();
  });

  it('runs a command only when its very text was allowed, without a shell, told by variables, without our secrets', async () => {
    const script =
      'console.log(process.env.MLOPS_ALARM, process.env.MLOPS_ALARM_STATE, process.env.PAGER_KEY ?? "none")';
    const command = [process.execPath, '-e', script, '$(touch made)'];
    const action = { kind: 'command', command, minutes: 1 } as const;
    process.env.PAGER_KEY = 'K123';
    await assert.rejects(act(action, at, notice, signal), UntrustedCommand);
    await allowCommands(folder.path, [command]);
    assert.equal(await act(action, at, notice, signal), 'done: errors ALARM none');
    delete process.env.PAGER_KEY;
    const other = { ...action, command: [...command, 'more'] };
    await assert.rejects(act(other, at, notice, signal), UntrustedCommand);
  });

  it('says how a command failed, by its last line', async () => {
    const command = [process.execPath, '-e', 'console.error("no disk"); process.exit(3)'];
    await allowCommands(folder.path, [command]);
    await assert.rejects(
      act({ kind: 'command', command, minutes: 1 }, at, notice, signal),
      /BrokenError: it ended with 3: no disk/,
    );
  });

  it('adds one JSON line a time to a file, and follows no link out of the project', async () => {
    const action = { kind: 'file', path: 'told/alarms.jsonl' } as const;
    await act(action, at, notice, signal);
    await act(action, at, { ...notice, to: 'OK' }, signal);
    const lines = readFileSync(join(folder.path, action.path), 'utf8').trim().split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line) as AlarmNotice),
      [notice, { ...notice, to: 'OK' }],
    );
    mkdirSync(join(folder.path, 'outside'));
    symlinkSync(join(folder.path, 'outside'), join(folder.path, 'link'));
    await assert.rejects(act({ kind: 'file', path: 'link/a.jsonl' }, at, notice, signal), LeadsOut);
  });
});
