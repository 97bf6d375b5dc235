import type { ProjectAlarm } from '../../project/alarms/alarm-schema.js';
import type { ExportedFile } from '../exported-file.js';
import { alertRules } from './alert-rules.js';
import { grafanaDashboard } from './grafana-dashboard.js';
import { scrapeConfig, type ScrapeTarget } from './scrape-config.js';

/** What Prometheus and Grafana need to watch a project's endpoint: the same files for the same project and place. */
export function prometheusFiles(
  project: string,
  alarms: readonly ProjectAlarm[],
  target: ScrapeTarget,
): { files: ExportedFile[]; left: { name: string; why: string }[] } {
  const { text, left } = alertRules(project, alarms);
  const dashboard = `${JSON.stringify(grafanaDashboard(target.endpoint), null, 2)}\n`;
  return {
    left,
    files: [
      { name: 'prometheus.yml', text: scrapeConfig(target) },
      { name: 'alert-rules.yml', text },
      { name: 'grafana-dashboard.json', text: dashboard },
      { name: 'README.md', text: readme(project, target, left) },
    ],
  };
}

function readme(project: string, target: ScrapeTarget, left: { name: string; why: string }[]): string {
  const open =
    target.url === undefined
      ? ['- `prometheus.yml`: fill in `HOST:PORT` and `TOKEN_FILE`; the endpoint was not running.']
      : [];
  const without = left.map(({ name, why }) => `- ${name}: ${why}.`);
  return [
    `# ${project} in Prometheus and Grafana`,
    '',
    'Start with `prometheus --config.file prometheus.yml`; import `grafana-dashboard.json` in Grafana and choose the data source.',
    ...(open.length === 0 ? [] : ['', ...open]),
    '',
    without.length === 0
      ? 'Every alarm of `mlops.json` is a rule in `alert-rules.yml`.'
      : 'Alarms of `mlops.json` that are no rule:',
    ...(without.length === 0 ? [] : ['', ...without]),
    '',
  ].join('\n');
}
