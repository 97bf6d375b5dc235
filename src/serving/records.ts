import { totalOf, type OddValues } from '../models/bundle/odd-values.js';
import type { Writers } from '../platform/ports/environment.js';
import { captureLog } from './capture.js';
import type { Exchange } from './capture-line.js';
import { meter, type Invocation } from './metrics/meter.js';
import { liveFigures, type LiveFigures } from './metrics/prometheus.js';
import { utilizationOf } from './metrics/utilization.js';

/** All that an endpoint writes about its requests: capture, metrics by the minute, and the live figures. */
export interface Records {
  figures: LiveFigures;
  counted(seen: Invocation): void;
  odd(variant: string, at: Date, values: OddValues): void;
  drifted: (variant: string, at: Date, score: number) => void;
  answered: (exchange: Exchange) => void;
  compared: (variant: string, at: Date, different: boolean) => void;
  /** Measures the machine, for each variant's metrics. */
  measure(variants: string[]): Promise<void>;
  flushCapture: () => Promise<void>;
  flush: () => Promise<void>;
}

/** `folder` is where the used disk is measured. */
export function recordsOf(endpoint: string, folder: string, { objects, metrics }: Writers): Records {
  const capture = captureLog(endpoint, (key, body) => objects.put(key, body));
  const meters = meter(endpoint, (namespace, data) => metrics.put(namespace, data));
  const figures = liveFigures(endpoint);
  const utilization = utilizationOf(folder);
  return {
    figures,
    counted(seen) {
      meters.invocation(seen);
      figures.invocation(seen);
    },
    odd(variant, at, values) {
      meters.odd(variant, at, { unseen: totalOf(values.unseen), missing: totalOf(values.missing) });
      figures.odd(variant, values);
    },
    drifted: meters.drift,
    answered: (exchange) => capture.add(exchange),
    compared(variant, at, different) {
      meters.compared(variant, at, different);
      figures.compared(variant, different);
    },
    async measure(variants) {
      meters.utilization(new Date(), variants, await utilization());
    },
    flushCapture: capture.flush,
    async flush() {
      await Promise.all([capture.flush(), meters.flush()]);
    },
  };
}
