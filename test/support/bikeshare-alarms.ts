/** The twelve alarms of a bike-share system's handbook: plain ones, a rate, a band, and one made of two. */
export function bikeshareAlarms(endpoint: string) {
  const served = { EndpointName: endpoint, VariantName: 'AllTraffic' };
  const model = { EndpointName: endpoint, City: 'nyc' };
  const service = (metric: string, statistic: string) => ({
    ...{ namespace: 'AWS/SageMaker', metric, dimensions: served, statistic },
  });
  const quality = (metric: string) => ({
    ...{ namespace: 'Bikeshare/Model', metric, dimensions: model, statistic: 'Average' },
  });
  const of = (period: number, evaluationPeriods: number, operator: string, threshold: number) => ({
    ...{ period, evaluationPeriods, operator, threshold },
  });
  const latency = service('ModelLatency', 'p95');
  return [
    { name: 'prod-endpoint-latency-p95-warn', ...latency, ...of(300, 3, '>', 200_000) },
    { name: 'prod-endpoint-latency-p95-crit', ...latency, ...of(300, 5, '>', 300_000) },
    { name: 'prod-endpoint-5xx-crit', ...service('Invocation5XXErrors', 'Sum'), ...of(300, 1, '>', 0) },
    {
      name: 'prod-endpoint-4xx-warn',
      expression: 'errors / requests * 100',
      metrics: { errors: service('Invocation4XXErrors', 'Sum'), requests: service('Invocations', 'Sum') },
      ...of(300, 2, '>', 1),
      missing: 'notBreaching',
    },
    {
      ...{ name: 'prod-latency-anomaly', ...latency, period: 300, evaluationPeriods: 3 },
      ...{ operator: 'outside', band: 2.5 },
    },
    { name: 'prod-low-traffic-24h', ...service('Invocations', 'Sum'), ...of(3600, 24, '<=', 30), missing: 'breaching' },
    { name: 'prod-20m-zero', ...service('Invocations', 'Sum'), ...of(300, 4, '<=', 0), missing: 'breaching' },
    { name: 'prod-endpoint-invoke-zero', composite: 'ALARM(prod-20m-zero) AND ALARM(prod-low-traffic-24h)' },
    { name: 'prod-quality-prauc-24h-warn', ...quality('PR-AUC-24h'), ...of(1800, 3, '<', 0.851) },
    { name: 'prod-quality-f1-24h-warn', ...quality('F1-24h'), ...of(1800, 3, '<', 0.753) },
    { name: 'prod-feature-drift-warn', ...quality('PSI'), ...of(3600, 1, '>=', 0.2) },
    { name: 'prod-feature-drift-crit', ...quality('PSI'), ...of(3600, 1, '>=', 0.3) },
  ];
}
