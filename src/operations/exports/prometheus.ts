import { prometheusFiles } from '../../export/prometheus/files.js';
import { alarmsOf } from '../../pipeline/alarms-of.js';
import { reads } from '../operation.js';

/** The project's endpoint and alarms as files for Prometheus and Grafana; nothing is written. */
export const exportPrometheus = reads('exports.prometheus', async ({ project: { file }, environment }) => {
  const endpoint = file.endpoint.name;
  const { url, tokenFile } = (await environment.endpoints.describe(endpoint)) ?? {};
  return prometheusFiles(file.name, alarmsOf(file), { endpoint, url, tokenFile });
});
