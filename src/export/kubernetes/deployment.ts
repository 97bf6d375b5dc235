import type { ProjectFile } from '../../project/schema.js';
import { hasApi, imagePort, imageUser } from '../delivery/served.js';

/** What the objects of one service share. */
export interface Place {
  name: string;
  /** The image's name, which `kustomization.yaml` gives its registry and version. */
  image: string;
  replicas: number;
}

export const labelsOf = (name: string) => ({ 'app.kubernetes.io/name': name, 'app.kubernetes.io/managed-by': 'mlops' });
export const selectorOf = (name: string) => ({ 'app.kubernetes.io/name': name });

const probe = (path: string, periodSeconds: number, failureThreshold: number) => ({
  httpGet: { path, port: 'http' },
  ...{ periodSeconds, failureThreshold, timeoutSeconds: 5 },
});

/**
 * The served model: a new version takes over only once it answers, and the old one ends what it began. Nothing runs as root,
 * nothing can be written but `/tmp`. Source: the API reference of Kubernetes, apps/v1.
 */
export function deployment(file: ProjectFile, { name, image }: Place): object {
  const labels = labelsOf(name);
  const isGiven = hasApi(file);
  const container = {
    name: 'model',
    image,
    args: ['serve'],
    env: [{ name: 'MLOPS_ENDPOINT', value: file.endpoint.name }],
    ports: [{ name: 'http', containerPort: imagePort }],
    // Nothing listens before the model is loaded, so a slow start is no failure.
    startupProbe: probe('/ping', 2, 60),
    readinessProbe: probe('/ping', 5, 3),
    livenessProbe: probe('/ping', 10, 6),
    resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { cpu: '1', memory: '1Gi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [
      { name: 'tmp', mountPath: '/tmp' },
      ...(isGiven ? [{ name: 'api', mountPath: '/opt/ml/api', readOnly: true }] : []),
    ],
  };
  const volumes = [{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }, ...(isGiven ? [apiVolume(name)] : [])];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      // How many run is the autoscaler's to say: a number here would undo it with every apply.
      revisionHistoryLimit: 10,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      selector: { matchLabels: selectorOf(name) },
      template: {
        metadata: { labels, annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(imagePort) } },
        spec: {
          automountServiceAccountToken: false,
          terminationGracePeriodSeconds: 60,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: imageUser,
            runAsGroup: imageUser,
            fsGroup: imageUser,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [container],
          volumes,
        },
      },
    },
  };
}

/** `mlops.json` from the export, users and the secret of whoever collects figures from a Secret of the cluster. */
const apiVolume = (name: string) => ({
  name: 'api',
  projected: {
    defaultMode: 0o440,
    sources: [{ configMap: { name: `${name}-api` } }, { secret: { name: `${name}-users`, optional: true } }],
  },
});
