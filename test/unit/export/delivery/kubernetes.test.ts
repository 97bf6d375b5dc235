import assert from 'node:assert/strict';
import { load } from 'js-yaml';
import { kubernetesFiles } from '../../../../src/export/kubernetes/files.js';
import type { Served } from '../../../../src/export/delivery/served.js';
import { changed, templateOf, templates } from './templates.js';

interface Thing {
  kind: string;
  metadata: { name: string };
  spec: Record<string, unknown>;
}
const thingsOf = (served: Served, replicas?: number) =>
  kubernetesFiles(served, replicas)
    .files.filter(({ name }) => name.endsWith('.yaml') && name !== 'kustomization.yaml')
    .map(({ text }) => load(text) as Thing);
const autoscaler = (served: Served, replicas?: number) => {
  const { spec } = thingsOf(served, replicas).find(({ kind }) => kind === 'HorizontalPodAutoscaler')!;
  return [spec.minReplicas, spec.maxReplicas];
};

describe('a project on Kubernetes', () => {
  it('is the same for the same mlops.json, and every object is put together', () => {
    for (const served of templates) {
      const { files } = kubernetesFiles(served);
      assert.deepEqual(files, kubernetesFiles(served).files);
      const { resources } = load(files.find(({ name }) => name === 'kustomization.yaml')!.text) as {
        resources: string[];
      };
      const there = files.map(({ name }) => name).filter((name) => name.endsWith('.yaml'));
      assert.deepEqual([...resources, 'kustomization.yaml'].sort(), there.sort());
      assert.deepEqual(
        thingsOf(served).map(({ kind }) => kind),
        ['Deployment', 'Service', 'HorizontalPodAutoscaler', 'PodDisruptionBudget', 'NetworkPolicy'],
      );
    }
  });

  it('has names that a cluster takes', () => {
    const served = changed('hdd-failure', (said) => Object.assign(said, { name: `Disks_${'x'.repeat(50)}` }));
    for (const { metadata } of thingsOf(served)) assert.match(metadata.name, /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
  });

  it('runs once where it keeps something in its memory, and refuses more with the reason', () => {
    const kept = templateOf('predictive-maintenance');
    assert.deepEqual(autoscaler(kept), [1, 1]);
    assert.throws(() => kubernetesFiles(kept, 2), /--replicas: found 2, expected 1: .*"limits".*"auth".*feedback/);
  });

  it('runs several times where it keeps nothing', () => {
    assert.deepEqual(autoscaler(templateOf('hdd-failure')), [2, 4]);
    assert.deepEqual(autoscaler(templateOf('hdd-failure'), 3), [3, 6]);
  });

  it('cannot write, is nobody and asks nobody', () => {
    const [deployment, , , , policy] = thingsOf(templateOf('hdd-failure'));
    const text = JSON.stringify(deployment);
    for (const word of [
      '"readOnlyRootFilesystem":true',
      '"runAsNonRoot":true',
      '"drop":["ALL"]',
      '"automountServiceAccountToken":false',
      '"readinessProbe"',
      '"livenessProbe"',
    ])
      assert.ok(text.includes(word), word);
    assert.deepEqual(policy!.spec.egress, []);
  });
});
