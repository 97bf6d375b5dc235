import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { mlops } from '../../support/cli.js';
import { tableProject, type TableProject } from '../../support/table-project.js';

/** A server that answers as MLflow does, and remembers what it was asked. */
function doubleOfMlflow() {
  const asked: { path: string; authorization: string | undefined; body: string }[] = [];
  let refuses = false;
  let runs = 0;
  const answers: [RegExp, () => object][] = [
    [/experiments\/get-by-name/, () => ({ experiment: { experiment_id: '7' } })],
    [/runs\/search/, () => ({})],
    [
      /runs\/create/,
      () => ({ run: { info: { run_id: `r${(runs += 1)}`, artifact_uri: `mlflow-artifacts:/7/r${runs}` } } }),
    ],
    [/model-versions\/create/, () => ({ model_version: { version: '1' } })],
  ];
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await buffer(request)).toString('latin1');
    asked.push({ path: request.url!, authorization: request.headers.authorization, body });
    if (refuses) response.statusCode = 503;
    response.end(JSON.stringify(answers.find(([path]) => path.test(request.url!))?.[1]() ?? {}));
  }
  const server = createServer((request, response) => void answer(request, response));
  return {
    asked,
    refuse: () => (refuses = true),
    async start() {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    stop: () => server.close(),
  };
}

describe('a run that is told to a tracking server', function () {
  this.timeout(120_000);
  const mlflow = doubleOfMlflow();
  let url: string;
  let project: TableProject;
  const run = (stages: string[], env: Record<string, string>) =>
    mlops(['run', ...stages, '--project', project.folder], { env });

  before(async () => {
    url = await mlflow.start();
    project = await tableProject(400);
    const [head, ...rows] = readFileSync(project.data, 'utf8').trimEnd().split('\n');
    writeFileSync(
      project.data,
      [`${head},phone`, ...rows.map((row, at) => `${row},079 555 ${1000 + at}`), ''].join('\n'),
    );
    project.edit(/"features": \{/, '"private": ["phone"],\n  "features": {');
  });
  after(async () => {
    mlflow.stop();
    await project.remove();
  });

  it('says who asks with each request, sends the model with its preprocessor, and nothing private', async () => {
    const { code, stdout, stderr } = await run(['ingest', 'features', 'train'], {
      ...{ MLFLOW_TRACKING_URI: url, MLFLOW_TRACKING_TOKEN: 'opensesame' },
    });
    assert.equal(code, 0, stderr);
    assert.match(stdout + stderr, /v1 is models:\/customers@c\w+, version 1/);
    assert.ok(!(stdout + stderr).includes('opensesame'));
    assert.deepEqual([...new Set(mlflow.asked.map(({ authorization }) => authorization))], ['Bearer opensesame']);
    const paths = mlflow.asked.map(({ path }) => path);
    const place = (path: RegExp) => paths.findIndex((one) => path.test(one));
    assert.ok(place(/preprocessor\/preprocessor\.json$/) > 0);
    assert.ok(
      place(/preprocessor\.json$/) < place(/model-versions\/create$/),
      'files first: what is registered has them',
    );
    assert.ok(place(/model-versions\/create$/) < place(/registered-models\/alias$/));
    const sent = mlflow.asked.map(({ body }) => body).join('\n');
    assert.ok(!/079 555|C\d{3}\b/.test(sent), 'neither a private value nor an entity is sent');
  });

  it('ends as well where the server does not take it, which is said', async () => {
    mlflow.refuse();
    const { code, stdout, stderr } = await run(['train', '--force'], { MLFLOW_TRACKING_URI: url });
    assert.equal(code, 0, stderr);
    assert.match(stdout + stderr, /MLflow answered 503 to mlflow\/experiments\/get-by-name.*nothing is lost/s);
    const gone = await run(['train', '--force'], { MLFLOW_TRACKING_URI: 'http://127.0.0.1:1' });
    assert.equal(gone.code, 0, gone.stderr);
    assert.match(gone.stdout + gone.stderr, /MLflow does not answer at http:\/\/127\.0\.0\.1:1/);
  });
});
