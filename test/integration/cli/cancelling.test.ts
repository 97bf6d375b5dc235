import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readdirSync, watch, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startCli } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

/** An account that takes every call and answers none. */
describe('Ctrl-C while an account does not answer', function () {
  this.timeout(60_000);
  const { path, remove } = temporaryFolder();
  let silent: Server;
  let asked: Promise<unknown>;
  const commands = [
    'status',
    'init --from-endpoint churn --region eu-west-1 made',
    'env show prod',
    'doctor',
    'feature-group list',
    'apply --diff',
    'report',
    'rows --cell fn',
  ];

  before(async () => {
    silent = createServer(() => silent.emit('asked'));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const endpointUrl = `http://127.0.0.1:${port}`;
    const features = {
      sql: 'features.sql',
      entity: 'id',
      time: 'day',
      split: { by: 'entity', seed: 1, train: 0.5, validation: 0.2, test: 0.2, production: 0.1 },
    };
    const candidates = [{ name: 'a', family: 'logistic-regression', columns: ['x'] }];
    const file = {
      ...{ name: 'churn', sources: { rows: { files: 'rows.csv' } }, features },
      model: {
        task: 'binary',
        target: 'y',
        candidates,
        threshold: { keep: 'recall >= 0.5', minimise: 'false_positives' },
        choose: { metric: 'roc_auc', on: 'validation' },
      },
      ...{ endpoint: { name: 'churn' }, monitor: { gates: [{ id: 'recall', level: 'hard', rule: 'recall >= 0.5' }] } },
      environments: { prod: { kind: 'aws', region: 'eu-west-1', endpointUrl, bucket: 'data' } },
    };
    mkdirSync(join(path, 'home'));
    writeFileSync(join(path, 'mlops.json'), JSON.stringify(file));
    writeFileSync(join(path, 'features.sql'), 'SELECT * FROM rows');
  });
  beforeEach(() => {
    asked = once(silent, 'asked');
  });
  after(async () => {
    silent.closeAllConnections();
    silent.close();
    await once(silent, 'close');
    remove();
  });

  for (const command of commands)
    it(`ends with exit code 130 at once: ${command}`, async () => {
      const { port } = silent.address() as AddressInfo;
      const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` };
      const env = { ...keys, HOME: join(path, 'home'), AWS_EC2_METADATA_DISABLED: 'true' };
      const words = command.split(' ');
      const place = words[0] === 'init' ? [] : ['--env', 'prod'];
      const child = startCli([...words, ...place], { cwd: path, env });
      const exit = once(child, 'exit');
      let said = '';
      child.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
      await Promise.race([asked, exit.then(() => assert.fail(`${command} ended before it asked: ${said}`))]);
      const at = Date.now();
      child.kill('SIGINT');
      const [code] = (await exit) as [number | null];
      assert.equal(code, 130, said);
      assert.ok(Date.now() - at < 3000, `took ${Date.now() - at} ms`);
    });
});

describe('Ctrl-C in the middle of large tables', function () {
  this.timeout(60_000);
  const { path, remove } = temporaryFolder();
  after(remove);

  it('leaves nothing of its own on the disk', async () => {
    const table = join(path, 'large.csv');
    const scratch = join(path, 'scratch');
    mkdirSync(scratch);
    const line = (row: number) => `${row},${(row * 7919) % 104_729},${Math.sin(row)}`;
    writeFileSync(table, ['id,code,wave', ...Array.from({ length: 400_000 }, (_, row) => line(row)), ''].join('\n'));
    const made = new Promise<void>((resolve) => {
      const watcher = watch(scratch, () => {
        watcher.close();
        resolve();
      });
    });
    const child = startCli(['drift', '--reference', table, '--current', table], { env: { TMPDIR: scratch } });
    const exit = once(child, 'exit');
    await Promise.race([made, exit.then(() => assert.fail('it ended before it wrote anything'))]);
    child.kill('SIGINT');
    assert.deepEqual(await exit, [130, null]);
    assert.deepEqual(readdirSync(scratch), []);
  });
});
