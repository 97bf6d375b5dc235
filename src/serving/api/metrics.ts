import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the api counts, under the names that dashboards of web services go by. */
export interface ApiFigures {
  request(seen: { method: string; path: string; status: number; seconds: number }): void;
  predicted(rows: number, seconds: number): void;
  failed(): void;
  feedback(accuracy: number | null): void;
  text(): Promise<string>;
}

const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export function apiFigures(): ApiFigures {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  const labelNames = ['method', 'endpoint', 'status'];
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests by route and status.',
    labelNames,
    registers,
  });
  const duration = new Histogram({
    ...{ name: 'http_request_duration_seconds', help: 'From the head of a request to its answer.' },
    ...{ labelNames: ['method', 'endpoint'], buckets, registers },
  });
  const predictions = new Counter({ name: 'predictions_total', help: 'Rows that were predicted.', registers });
  const took = new Histogram({ name: 'prediction_duration_seconds', help: 'Time the model took.', buckets, registers });
  const errors = new Counter({
    name: 'prediction_errors_total',
    help: 'Requests at which the model broke.',
    registers,
  });
  const accuracy = new Gauge({
    ...{ name: 'model_accuracy', help: 'Share of the newest labelled predictions that came true.', registers },
  });
  const labels = new Counter({ name: 'feedback_total', help: 'Labels that were taken.', registers });
  // Until there is a label there is no accuracy: 0 would be one.
  accuracy.set(NaN);
  return {
    request({ method, path: endpoint, status, seconds }) {
      requests.inc({ method, endpoint, status: String(status) });
      duration.observe({ method, endpoint }, seconds);
    },
    predicted(rows, seconds) {
      predictions.inc(rows);
      took.observe(seconds);
    },
    failed: () => errors.inc(),
    feedback(share) {
      labels.inc();
      accuracy.set(share ?? NaN);
    },
    text: () => registry.metrics(),
  };
}
