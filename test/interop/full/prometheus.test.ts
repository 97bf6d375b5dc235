import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { EndpointInfo } from '../../../src/platform/ports/endpoints.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';

const there = spawnSync('promtool', ['--version']).status === 0 && spawnSync('prometheus', ['--version']).status === 0;
const title = there ? 'a real Prometheus' : 'a real Prometheus (skipped: apt-get install prometheus)';

(there ? describe : describe.skip)(title, function () {
  this.timeout(180_000);
  let project: MadeProject;
  let endpoint: EndpointInfo & { tokenFile: string; url: string };
  let server: ChildProcess | undefined;
  const out = () => join(project.folder, 'watching');

  before(async () => {
    project = await madeProject('house-prices', '--sample');
    assert.equal((await mlops(['run', '--project', project.folder])).code, 0);
    endpoint = await mlopsJson(['endpoint', 'show', 'house-prices', '--project', project.folder]);
    const made = await mlops(['export', 'prometheus', '--out', out(), '--project', project.folder]);
    assert.equal(made.code, 0, made.stderr);
  });
  after(async () => {
    server?.kill();
    await project.remove();
  });

  const predict = async (body: string) => {
    const token = readFileSync(endpoint.tokenFile, 'utf8').trim();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    return (await fetch(`${endpoint.url}/invocations`, { method: 'POST', headers, body })).status;
  };

  it('accepts rules and configuration', () => {
    for (const [what, file] of [
      ['rules', 'alert-rules.yml'],
      ['config', 'prometheus.yml'],
    ] as const) {
      const checked = spawnSync('promtool', ['check', what, join(out(), file)], { encoding: 'utf8' });
      assert.equal(checked.status, 0, checked.stdout + checked.stderr);
      assert.match(checked.stdout, /SUCCESS/);
    }
  });

  it('scrapes the endpoint with its token file, and answers what the dashboard asks', async () => {
    const port = await freePort();
    const place = ['--config.file', join(out(), 'prometheus.yml'), '--storage.tsdb.path', join(out(), 'data')];
    const listening = `--web.listen-address=127.0.0.1:${port}`;
    server = spawn('prometheus', [...place, listening], { stdio: 'ignore' });
    const api = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`).catch(() => undefined);
      return answer?.ok === true ? ((await answer.json()) as { data: never }).data : undefined;
    };
    const query = async (text: string) => {
      const found = (await api(`query?query=${encodeURIComponent(text)}`)) as
        { result: { value: [number, string] }[] } | undefined;
      return found?.result.map(({ value }) => Number(value[1]));
    };
    // A series that begins with the first error has no increase: the noughts are there before.
    const noughts = await until(async () => {
      const found = await query('mlops_invocations_total{status=~"[45].."}');
      return found?.length ? found : undefined;
    });
    assert.ok(noughts!.every((value) => value === 0));
    assert.equal(
      await predict('{"features": {"bedrooms": 3, "bathrooms": 2, "sqft": 2000, "age": 10, "location_score": 7}}'),
      200,
    );
    assert.equal(await predict('not JSON'), 400);
    const counted = await until(async () => {
      const found = await query('sum(mlops_invocations_total{endpoint="house-prices"})');
      return found?.[0] === 2 ? found : undefined;
    });
    assert.deepEqual(counted, [2]);
    const errors = await until(async () => {
      const found = await query('sum(increase(mlops_invocations_total{status=~"4.."}[5m]))');
      return found !== undefined && found[0]! > 0 ? found : undefined;
    });
    assert.ok(errors, 'the first wrong request is an increase');
    const rules = (await api('rules')) as { groups: { rules: { name: string; health: string }[] }[] } | undefined;
    assert.ok(rules!.groups[0]!.rules.some(({ name }) => name === 'house_prices_ModelLatencyP99'));
    const dashboard = JSON.parse(readFileSync(join(out(), 'grafana-dashboard.json'), 'utf8')) as {
      panels: { title: string; targets: { expr: string }[] }[];
    };
    for (const { title: panel, targets } of dashboard.panels)
      for (const { expr } of targets) assert.ok(await query(expr), `${panel}: ${expr}`);
  });
});

/** Asks again until there is an answer, for a minute at most. */
async function until<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer | undefined> {
  const end = Date.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || Date.now() > end) return answer;
    await pause(250);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
