import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { keys } from '../../src/documents/keys.js';
import type { LedgerEntry } from '../../src/documents/ledger.js';
import { openLocal } from '../../src/platform/local/index.js';
import { allowCommands } from '../../src/platform/permissions/command-trust.js';
import { collect } from '../../src/platform/ports/pages.js';
import { mlops, type Answer } from './cli.js';
import { temporaryFolder } from './temporary.js';

/**
 * A project `served` on this machine with versions of one model that is well, or is not: each is a program, by its one word
 * (`well`, `errs`, `slow`, `nonsense`), all of them approved. The endpoint serves the first when `serve` is called.
 */
export async function releasedProject(versions: readonly string[], release: object, more: object = {}) {
  const place = temporaryFolder();
  const folder = join(place.path, 'served');
  const env = { XDG_CONFIG_HOME: join(place.path, 'user') };
  mkdirSync(folder);
  process.env.XDG_CONFIG_HOME = env.XDG_CONFIG_HOME;
  const write = (part: object) =>
    writeFileSync(
      join(folder, 'mlops.json'),
      JSON.stringify({
        ...{ name: 'served', sources: { rows: { files: 'rows.csv' } } },
        features: { entity: 'id', split: { by: 'entity', train: 0.4, validation: 0.1, test: 0.1, production: 0.4 } },
        model: { task: 'binary', target: 'y', candidates: [{ name: 'a', family: 'lightgbm', columns: ['*'] }] },
        monitor: { gates: [{ id: 'recall', level: 'hard', rule: 'recall >= 0.7' }] },
        endpoint: { name: 'served' },
        ...{ release, ...more, ...part },
      }),
    );
  write({});
  writeFileSync(join(folder, 'features.sql'), 'SELECT * FROM rows');
  copyFileSync('test/fixtures/serving-command/released.mjs', join(folder, 'model.mjs'));
  const engine = { endpointScript: resolve('dist/endpoint.js'), node: process.execPath };
  const environment = openLocal({ projectFolder: folder, project: 'served', engine });
  const ask = (...words: string[]): Promise<Answer> => mlops([...words, '--project', folder], { env });

  const { objects, registry, endpoints } = environment.writers('test');
  for (const [index, how] of versions.entries()) {
    const version = `v${index + 1}`;
    const command = ['node', 'model.mjs', how];
    const inputs = ['alpha', 'beta'].map((name) => ({ name, type: 'number' }));
    const metadata = {
      kind: 'model-bundle',
      schemaVersion: 1,
      task: 'binary',
      family: 'command',
      threshold: 0.5,
      inputs,
      preprocessing: [],
    };
    await objects.put(`${keys.model(version)}serving_command.json`, JSON.stringify({ command, request: 'csv' }));
    await objects.put(`${keys.model(version)}model_metadata.json`, JSON.stringify(metadata));
    await registry.register({
      ...{ group: 'served', version, status: 'Approved', description: how, createdAt: new Date().toISOString() },
      ...{ artifacts: keys.model(version), sha256: version, name: how, family: 'command', metrics: {}, metadata: {} },
    });
  }
  await allowCommands(
    folder,
    [...new Set(versions)].map((how) => ['node', 'model.mjs', how]),
  );

  return {
    ...{ folder, env, environment, ask, write },
    /** By a process of its own, so that it goes on when that one ends. */
    async serve(name = 'served', version = 'v1') {
      const variants = [{ name: 'AllTraffic', modelVersion: version, weight: 1 }];
      return endpoints.deploy({ name, group: 'served', variants, capture: 1 }).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${readFileSync(join(folder, '.mlops/endpoints', name, 'log'), 'utf8')}`);
      });
    },
    async ledger(): Promise<LedgerEntry[]> {
      return (await collect((page) => environment.ledger.list(page))).reverse();
    },
    async serving(name = 'served') {
      return (await environment.endpoints.describe(name))?.serving?.map(
        ({ modelVersion, weight }) => `${modelVersion} ${weight}`,
      );
    },
    async end() {
      for (const { name } of await collect((page) => environment.endpoints.list(page))) await endpoints.remove(name);
      delete process.env.XDG_CONFIG_HOME;
      place.remove();
    },
  };
}

/** Callers that ask an endpoint without a pause until they are told to stop; then: how each of their requests was answered. */
export function callers(url: string, tokenFile: string, count = 8): { stop: () => Promise<number[]> } {
  const authorization = `Bearer ${readFileSync(tokenFile, 'utf8').trim()}`;
  let going = true;
  const statuses: number[] = [];
  const loops = Array.from({ length: count }, async (_, loop) => {
    for (let turn = 0; going; turn += 1) {
      const body = JSON.stringify([((turn * 7 + loop * 3) % 41) / 10 - 2, 1]);
      const answer = await fetch(`${url}/invocations`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', authorization },
      });
      statuses.push(answer.status);
      await answer.arrayBuffer();
    }
  });
  return {
    async stop() {
      going = false;
      await Promise.all(loops);
      return statuses;
    },
  };
}
