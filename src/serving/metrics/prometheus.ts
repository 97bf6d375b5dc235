import { collectDefaultMetrics, Counter, Registry } from 'prom-client';
import type { OddValues } from '../../models/bundle/odd-values.js';
import { latencies } from './latencies.js';
import type { Invocation } from './meter.js';

/** The endpoint's live figures in Prometheus's text format. */
export interface LiveFigures {
  invocation(seen: Invocation): void;
  odd(variant: string, values: OddValues): void;
  compared(variant: string, different: boolean): void;
  /** `variants`: those served now, of which each kind of answer is told, also that there was none yet. */
  text(variants: readonly string[]): Promise<string>;
  contentType: string;
}

/** What requests are answered with: well, wrong, refused for now, failed. */
const usual = [200, 400, 413, 415, 422, 429, 500, 503];

export function liveFigures(endpoint: string): LiveFigures {
  const registry = new Registry();
  registry.setDefaultLabels({ endpoint });
  collectDefaultMetrics({ register: registry });
  const answered = new Map<string, Map<number, number>>();
  new Counter({
    name: 'mlops_invocations_total',
    help: 'Invocations by variant and HTTP status.',
    labelNames: ['variant', 'status'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [variant, statuses] of answered)
        for (const [status, count] of statuses) this.inc({ variant, status: String(status) }, count);
    },
  });
  // The first of its kind is an increase only over a nought that was scraped before.
  const statusesOf = (variant: string) => {
    let statuses = answered.get(variant);
    if (statuses === undefined) answered.set(variant, (statuses = new Map(usual.map((status) => [status, 0]))));
    return statuses;
  };
  const model = latencies(registry, {
    name: 'mlops_model_latency_seconds',
    help: 'Time the model took to read, score and answer a request.',
  });
  const overhead = latencies(registry, {
    name: 'mlops_overhead_latency_seconds',
    help: 'Time a request took beside the model.',
  });
  const counter = (name: string, help: string) =>
    new Counter({ name, help, labelNames: ['variant', 'column'], registers: [registry] });
  const unseen = counter('mlops_unseen_values_total', 'Values that the rows a model was trained on never had.');
  const missing = counter('mlops_missing_values_total', 'Values that were missing.');
  const shadow = new Counter({
    name: 'mlops_shadow_answers_total',
    help: 'Answers of shadow variants, held against the ones that were sent.',
    labelNames: ['variant', 'same'],
    registers: [registry],
  });
  return {
    compared: (variant, different) => shadow.inc({ variant, same: String(!different) }),
    odd(variant, values) {
      for (const column in values.unseen) unseen.inc({ variant, column }, values.unseen[column]);
      for (const column in values.missing) missing.inc({ variant, column }, values.missing[column]);
    },
    invocation({ variant, status, modelLatency, overheadLatency }) {
      const statuses = statusesOf(variant);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (modelLatency !== undefined) model(variant, modelLatency / 1e6);
      overhead(variant, overheadLatency / 1e6);
    },
    text(variants) {
      for (const variant of variants) statusesOf(variant);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
