import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fromRegistry } from '../../../src/pipeline/registering/mlflow/server.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('a model of an MLflow server', () => {
  const folder = temporaryFolder();
  const artifacts = new Map([['1/abc/model/MLmodel', 'flavors: {}\n']]);
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
    response.end(answer ? JSON.stringify(answer[1](url)) : file);
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

  const bring = (name: string) =>
    fromRegistry(
      'models:/churn@champion',
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      join(folder.path, name),
      AbortSignal.timeout(10_000),
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
