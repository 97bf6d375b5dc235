import assert from 'node:assert/strict';
import type { Incident, ReleaseDocument } from '../../../src/documents/releases/release.js';
import { callers, releasedProject } from '../../support/released-project.js';

/** The project's own routes go with every version that serves. */
const api = { routes: { '/predict': { answer: { score: 'probability' } } } };
const versions = ['well', 'errs', 'slow', 'nonsense', 'well'];

describe('a canary under load', function () {
  this.timeout(120_000);
  let project: Awaited<ReturnType<typeof releasedProject>>;
  let load: ReturnType<typeof callers>;
  before(async () => {
    project = await releasedProject(
      versions,
      { strategy: 'canary', steps: [50, 100], bake: '1s', requests: 40 },
      { api },
    );
    const { url, tokenFile } = await project.serve();
    load = callers(url!, tokenFile!);
  });
  after(() => project.end());

  const bad = [
    ['v2', 'that errs', /^error_rate > 0\.01: /],
    ['v3', 'that is slow', /^latency_p95 > 5 \* baseline: /],
    ['v4', 'that answers valid nonsense', /^score_ks > 0\.3: /],
  ] as const;
  for (const [version, what, why] of bad)
    it(`takes a version ${what} back by itself, and says why`, async () => {
      const answer = await project.ask('release', 'start', version, '--json');
      assert.equal(answer.code, 1, answer.stderr);
      const release = JSON.parse(answer.stdout) as ReleaseDocument;
      assert.equal(release.outcome, 'rolled-back', answer.stderr);
      assert.match(release.takenBack!.why, why);
      assert.deepEqual(await project.serving(), ['v1 1']);
      const [begun, end] = (await project.ledger()).slice(-2);
      assert.deepEqual([begun?.what, begun?.outcome, begun?.from, begun?.to], ['promote', 'recorded', 'v1', version]);
      assert.deepEqual([end?.what, end?.outcome, end?.from, end?.to], ['rollback', 'rolled-back', version, 'v1']);
      assert.equal(end?.why, release.takenBack!.why);
      const incident = JSON.parse(
        Buffer.from((await project.environment.objects.read(release.incident!))!).toString('utf8'),
      ) as Incident;
      assert.equal(incident.why, release.takenBack!.why);
      assert.ok(incident.requests >= 20, `${incident.requests} requests are told`);
    });

  it('promotes one that does well at every step, and the endpoint serves that alone', async () => {
    const answer = await project.ask('release', 'start', 'v5', '--json');
    assert.equal(answer.code, 0, answer.stderr + answer.stdout);
    const release = JSON.parse(answer.stdout) as ReleaseDocument;
    assert.deepEqual(
      release.events.map(({ share }) => share),
      [0.5, 1, 1],
    );
    assert.deepEqual(await project.serving(), ['v5 1']);
    const end = (await project.ledger()).at(-1);
    assert.deepEqual([end?.what, end?.outcome, end?.from, end?.to], ['promote', 'promoted', 'v1', 'v5']);
  });

  it('goes back to any earlier version by name, with the routes of the project, and holds it', async () => {
    const back = await project.ask('release', 'rollback', 'v1', '--reason', 'the figures of May', '--json');
    assert.equal(back.code, 0, back.stderr);
    assert.deepEqual(await project.serving(), ['v1 1']);
    const { config } = (await project.environment.endpoints.describe('served'))!;
    assert.ok(config.api, 'its routes are gone');
    const { what, outcome, from, to, why } = (await project.ledger()).at(-1)!;
    assert.deepEqual([what, outcome, from, to, why], ['rollback', 'rolled-back', 'v5', 'v1', 'the figures of May']);
    const unknown = await project.ask('release', 'rollback', 'v9');
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /found no version "v9"/);
  });

  it('lets no caller see a failure meanwhile', async () => {
    const statuses = await load.stop();
    assert.ok(statuses.length > 500, `only ${statuses.length} requests`);
    assert.deepEqual([...new Set(statuses)], [200]);
  });
});
