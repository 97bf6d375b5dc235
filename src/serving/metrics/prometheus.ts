import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { OddValues } from '../../models/bundle/odd-values.js';
import type { Invocation } from './meter.js';

/** The endpoint's live figures in Prometheus's text format. */
export interface LiveFigures {
  invocation(seen: Invocation): void;
  odd(variant: string, values: OddValues): void;
  text(): Promise<string>;
  contentType: string;
}

const latencyBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5];

export function liveFigures(endpoint: string): LiveFigures {
  const registry = new Registry();
  registry.setDefaultLabels({ endpoint });
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'mlops_invocations_total',
    help: 'Invocations by variant and HTTP status.',
    labelNames: ['variant', 'status'],
    registers: [registry],
  });
  const latency = (name: string, help: string) =>
    new Histogram({ name, help, labelNames: ['variant'], buckets: latencyBuckets, registers: [registry] });
  const model = latency('mlops_model_latency_seconds', 'Time the model took to read, score and answer a request.');
  const overhead = latency('mlops_overhead_latency_seconds', 'Time a request took beside the model.');
  const counter = (name: string, help: string) =>
    new Counter({ name, help, labelNames: ['variant', 'column'], registers: [registry] });
  const unseen = counter('mlops_unseen_values_total', 'Values that the rows a model was trained on never had.');
  const missing = counter('mlops_missing_values_total', 'Values that were missing.');
  return {
    odd(variant, values) {
      for (const [column, count] of Object.entries(values.unseen)) unseen.inc({ variant, column }, count);
      for (const [column, count] of Object.entries(values.missing)) missing.inc({ variant, column }, count);
    },
    invocation({ variant, status, modelLatency, overheadLatency }) {
      requests.inc({ variant, status: String(status) });
      if (modelLatency !== undefined) model.observe({ variant }, modelLatency / 1e6);
      overhead.observe({ variant }, overheadLatency / 1e6);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
