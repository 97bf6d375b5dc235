interface Panel {
  title: string;
  type: 'timeseries' | 'stat';
  unit: string;
  /** A query for each line, by its name. */
  lines: Record<string, string>;
}

/**
 * A Grafana dashboard of an endpoint, over the data source that is chosen when it is imported: traffic, errors, latencies,
 * what the model never saw, CPU and memory of the process, and four figures of the last hour.
 * Source: "Dashboard JSON model" of Grafana's documentation.
 */
export function grafanaDashboard(endpoint: string): object {
  const of = `endpoint=${JSON.stringify(endpoint)}`;
  const errors = (status: string) => `sum(increase(mlops_invocations_total{${of},status=~"${status}"}[5m]))`;
  const percentile = (name: string, share: number) =>
    `histogram_quantile(${share}, sum by (le) (rate(${name}_bucket{${of}}[5m])))`;
  const mean = (name: string, over: string) =>
    `sum(rate(${name}_sum{${of}}[${over}])) / sum(rate(${name}_count{${of}}[${over}]))`;
  const latency = (title: string, name: string): Panel => ({
    ...{ title, type: 'timeseries', unit: 's' },
    lines: { average: mean(name, '5m'), p50: percentile(name, 0.5), p99: percentile(name, 0.99) },
  });
  const values = (name: string) => `sum by (column) (increase(${name}{${of}}[5m]))`;
  const panels: Panel[] = [
    {
      title: 'Invocations by variant',
      type: 'timeseries',
      unit: 'short',
      lines: { '{{variant}}': `sum by (variant) (increase(mlops_invocations_total{${of}}[5m]))` },
    },
    { title: 'Errors', type: 'timeseries', unit: 'short', lines: { '5xx': errors('5..'), '4xx': errors('4..') } },
    latency('Model latency', 'mlops_model_latency_seconds'),
    latency('Overhead latency', 'mlops_overhead_latency_seconds'),
    {
      title: 'Values that training never had',
      type: 'timeseries',
      unit: 'short',
      lines: { '{{column}}': values('mlops_unseen_values_total') },
    },
    {
      title: 'Missing values',
      type: 'timeseries',
      unit: 'short',
      lines: { '{{column}}': values('mlops_missing_values_total') },
    },
    {
      title: 'CPU of the process',
      type: 'timeseries',
      unit: 'percent',
      lines: { cpu: `100 * rate(process_cpu_seconds_total{${of}}[5m])` },
    },
    {
      title: 'Memory of the process',
      type: 'timeseries',
      unit: 'bytes',
      lines: { memory: `process_resident_memory_bytes{${of}}` },
    },
    hour('Invocations, last hour', 'short', `sum(increase(mlops_invocations_total{${of}}[1h]))`),
    hour('5xx, last hour', 'short', `sum(increase(mlops_invocations_total{${of},status=~"5.."}[1h]))`),
    hour('Model latency, last hour', 's', mean('mlops_model_latency_seconds', '1h')),
    hour('Up', 'short', `up{job=${JSON.stringify(endpoint)}}`),
  ];
  return {
    title: `Endpoint ${endpoint}`,
    uid: `mlops-${endpoint}`.slice(0, 40),
    schemaVersion: 39,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    templating: { list: [{ name: 'source', label: 'Data source', type: 'datasource', query: 'prometheus' }] },
    panels: panels.map((panel, at) => ({ id: at + 1, ...placed(at, panel), ...drawn(panel) })),
  };
}

const hour = (title: string, unit: string, query: string): Panel => ({
  title,
  type: 'stat',
  unit,
  lines: { [title]: query },
});

/** Two graphs a row, then four figures a row, on Grafana's grid of 24 columns. */
function placed(at: number, { type }: Panel) {
  const graphs = 8;
  if (type === 'timeseries') return { gridPos: { x: (at % 2) * 12, y: Math.floor(at / 2) * 8, w: 12, h: 8 } };
  return { gridPos: { x: ((at - graphs) % 4) * 6, y: (graphs / 2) * 8, w: 6, h: 4 } };
}

function drawn({ title, type, unit, lines }: Panel) {
  const datasource = { type: 'prometheus', uid: '${source}' };
  const targets = Object.entries(lines).map(([legendFormat, expr], at) => ({
    ...{ refId: String.fromCharCode(65 + at), datasource, expr, legendFormat },
  }));
  return { title, type, datasource, targets, fieldConfig: { defaults: { unit }, overrides: [] } };
}
