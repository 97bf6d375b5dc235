import { askedAlarms } from '../../alarms/asked-alarms.js';
import { closedRoutes, hasApi, imagePort, signsIn, type Delivery, type Served } from '../delivery/served.js';
import { alertRules } from '../prometheus/alert-rules.js';
import { scrapeConfig } from '../prometheus/scrape-config.js';
import { composeFile } from './compose-file.js';
import { grafanaFiles } from './grafana.js';
import { nginxConf } from './nginx.js';
import { composeReadme } from './readme.js';
import { backupScript, certificateScript } from './scripts.js';

/** A stack of Docker Compose that serves the project's model: the same files for the same `mlops.json`. */
export function composeFiles({ file, source }: Served): Delivery {
  const endpoint = file.endpoint.name;
  const { text: rules, left: noRules } = alertRules(
    file.name,
    askedAlarms(file).map(({ alarm }) => alarm),
  );
  const target = { endpoint, url: `http://api:${imagePort}`, tokenFile: '/etc/prometheus/metrics-token' };
  const left = [...closedRoutes(file), ...noRules];
  return {
    left,
    files: [
      { name: 'compose.yaml', text: composeFile(file) },
      { name: '.env.example', text: 'MLOPS_IMAGE=mlops:latest\n' },
      { name: '.gitignore', text: '/.env\n/tls/\n/secrets/\n/model/\n/api/users.json\n/api/metrics-token\n' },
      { name: 'nginx.conf', text: nginxConf(file) },
      { name: 'prometheus.yml', text: scrapeConfig({ ...target, isOpen: !signsIn(file) }) },
      { name: 'alert-rules.yml', text: rules },
      ...grafanaFiles(endpoint),
      { name: 'make-certificate.sh', text: certificateScript() },
      { name: 'backup.sh', text: backupScript() },
      ...(hasApi(file) ? [{ name: 'api/mlops.json', text: source }] : []),
      { name: 'README.md', text: composeReadme(file, left) },
    ],
  };
}
