import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../../src/common/errors.js';
import type { Environment } from '../../src/platform/ports/environment.js';
import { openLocal } from '../../src/platform/local/index.js';
import { buildEngine } from '../support/endpoint-engine.js';
import { putTreeModel } from '../support/small-models.js';
import { temporaryFolder } from '../support/temporary.js';
import { describeReadPorts, type Fill, type Subject } from './environment.js';
import { describeWritePorts, versionOf } from './writing.js';

describeReadPorts('local', makeLocal);
describeWritePorts('local', makeLocal);

describe('a bucket that is a folder', () => {
  let local: Subject;
  before(async () => (local = await makeLocal()));
  after(() => local.close());

  // In S3 these are keys like any other.
  for (const key of ['../outside', 'a/../../b', '/etc/passwd', 'a//b', './a', 'a:b', 'a\\b', ''])
    it(`refuses the key ${JSON.stringify(key)}`, async () => {
      await assert.rejects(local.environment.objects.read(key), InputError);
    });
});

async function makeLocal(): Promise<Subject> {
  const folder = temporaryFolder();
  const { engine, remove } = await buildEngine();
  const environment = openLocal({ projectFolder: folder.path, project: 'contract', engine });
  return {
    environment,
    fill: fillLocal(environment, folder.path),
    async close() {
      await environment.writers('end').endpoints.remove('contract-served');
      folder.remove();
      remove();
    },
  };
}

function fillLocal(environment: Environment, folder: string): Fill {
  const { objects, features, registry, endpoints, metrics, alarms, ledger } = environment.writers('fill');
  return {
    object: (key, body) => objects.put(key, body),
    // Synced one by one they would take a minute; a bucket is a folder.
    manyObjects(prefix, count) {
      const bucket = join(folder, '.mlops', 'buckets', environment.bucket);
      mkdirSync(dirname(join(bucket, prefix, 'x')), { recursive: true });
      for (let index = 0; index < count; index += 1)
        writeFileSync(join(bucket, prefix, `${String(index).padStart(5, '0')}.txt`), 'x');
      return Promise.resolve();
    },
    featureGroup: (name) =>
      features.define({
        name,
        recordId: 'record_id',
        eventTime: 'event_time',
        features: [
          { name: 'record_id', type: 'String' },
          { name: 'event_time', type: 'Fractional' },
          { name: 'area', type: 'Fractional' },
        ],
      }),
    modelVersion: (group, number) => registry.register(versionOf(group, `v${number}`)),
    async endpoint(name) {
      await putTreeModel(objects, 'v1');
      const variants = [{ name: 'AllTraffic', modelVersion: 'v1', weight: 1 }];
      await endpoints.deploy({ name, group: 'contract', variants, capture: 0 });
    },
    servable: async (_group, number) => putTreeModel(objects, `v${number}`),
    metric: (namespace, data) => metrics.put(namespace, data),
    alarm: (name) =>
      alarms.put([
        {
          ...{ name, namespace: 'Contract', metric: 'Errors', dimensions: {}, statistic: 'Sum', period: 60 },
          ...{ evaluationPeriods: 1, operator: '>=', threshold: 1, missing: 'missing' },
        },
      ]),
    ledgerEntry: (at, why) =>
      ledger.append({
        ...{ kind: 'ledger-entry', schemaVersion: 1, at: at.toISOString(), who: 'test', what: 'deploy', why },
        ...{ from: null, to: 'v1', outcome: 'recorded', trigger: null, evidence: [] },
      }),
  };
}
