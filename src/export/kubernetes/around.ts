import { imagePort } from '../delivery/served.js';
import { labelsOf, selectorOf, type Place } from './deployment.js';

const meta = (name: string) => ({ name, labels: labelsOf(name) });

/** Where others in the cluster find it. */
export const service = ({ name }: Place): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: meta(name),
  spec: { type: 'ClusterIP', selector: selectorOf(name), ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
});

/** As many copies as the CPU asks for, up to the most that may run beside each other. */
export const autoscaler = ({ name, replicas }: Place, most: number): object => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: meta(name),
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    minReplicas: replicas,
    maxReplicas: most,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
    behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
  },
});

/** A node is emptied one copy at a time. */
export const disruptionBudget = ({ name }: Place): object => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: meta(name),
  spec: { maxUnavailable: 1, selector: { matchLabels: selectorOf(name) } },
});

/** Asked by its own namespace and by those that say they may; it asks nobody. */
export const networkPolicy = ({ name }: Place): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: meta(name),
  spec: {
    podSelector: { matchLabels: selectorOf(name) },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [{ podSelector: {} }, { namespaceSelector: { matchLabels: { [`mlops/may-ask-${name}`]: 'true' } } }],
        ports: [{ protocol: 'TCP', port: imagePort }],
      },
    ],
    egress: [],
  },
});
