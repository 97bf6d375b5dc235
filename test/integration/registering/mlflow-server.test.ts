import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { usualLimits, type RestLimits } from '../../../src/pipeline/mlflow/rest.js';
import { fromRegistry } from '../../../src/pipeline/registering/mlflow/server.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('a model of an MLflow server', () => {
  const folder = temporaryFolder();
  const artifacts = new Map([['1/abc/model/MLmodel', 'flavors: {}\n']]);
  let padding = '';
  let uri = 'mlflow-artifacts:/1/abc/model';
  let listed = 'MLmodel';
  const asked: string[] = [];

  const answers: [RegExp, (url: URL) => unknown][] = [
    [/registered-models\/alias$/, () => ({ model_version: { version: '3' } })],
    [/model-versions\/get-download-uri$/, () => ({ artifact_uri: uri })],
    [/logged-models\/m-1$/, () => ({ model: { info: { artifact_uri: uri } } })],
    [/mlflow-artifacts\/artifacts$/, () => ({ files: [{ path: listed, is_dir: false }] })],
  ];
  const server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://localhost');
    asked.push(url.pathname);
    const answer = answers.find(([path]) => path.test(url.pathname));
    const file = artifacts.get(url.pathname.replace(/^.*\/mlflow-artifacts\/artifacts\//, ''));
    if (!answer && file === undefined) response.statusCode = 404;
    response.end(answer ? JSON.stringify(answer[1](url)) + padding : file);
  });
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => {
    server.close();
    server.closeAllConnections();
    folder.remove();
  });

  const bring = (name: string, { limits, host = '127.0.0.1' }: { limits?: RestLimits; host?: string } = {}) =>
    fromRegistry(
      'models:/churn@champion',
      `http://${host}:${(server.address() as AddressInfo).port}/`,
      join(folder.path, name),
      AbortSignal.timeout(10_000),
      limits,
    );

  it('is found by its alias, and its files are brought', async () => {
    const found = await bring('good');
    assert.deepEqual([found.name, found.version], ['churn', '3']);
    assert.equal(readFileSync(join(found.folder, 'MLmodel'), 'utf8'), 'flavors: {}\n');
  });

  it('is refused where a file would lie outside of its folder', async () => {
    listed = '../outside';
    await assert.rejects(bring('escaping'), /found the file \.\.\/outside, expected/);
    assert.ok(!existsSync(join(folder.path, 'outside')));
  });

  for (const local of ['file:///etc', '/etc'])
    it(`is read from ${local} only where the server runs on this machine`, async () => {
      uri = local;
      assert.equal((await bring('own')).folder, '/etc');
      // The same server under an address that is none of the loopback's own.
      const away = bring('away', { host: '[::ffff:127.0.0.1]' });
      await assert.rejects(
        away,
        /found the folder \/etc, which a server on another machine names, .* give it: --mlflow FOLDER/,
      );
    });

  it('is given up where its files, or an answer about them, are larger than a model has them', async () => {
    uri = 'mlflow-artifacts:/1/abc/model';
    listed = 'MLmodel';
    await assert.rejects(bring('large', { limits: { ...usualLimits, files: 10 } }), /found files of more than 10 B/);
    padding = ' '.repeat(5000);
    await assert.rejects(
      bring('long', { limits: { ...usualLimits, json: 4096 } }),
      /answered more than 4\.1 kB to mlflow\/registered-models\/alias/,
    );
    padding = '';
  });

  it('is refused where it leads round in circles', async () => {
    uri = 'models:/m-1';
    asked.length = 0;
    await assert.rejects(
      bring('circle'),
      /--mlflow: found files in models:\/m-1, expected a server that hands them out/,
    );
    assert.equal(asked.length, 3);
  });
});
