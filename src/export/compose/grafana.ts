import { grafanaDashboard } from '../prometheus/grafana-dashboard.js';
import { yamlText } from '../delivery/yaml.js';
import type { ExportedFile } from '../exported-file.js';

const source = 'prometheus';
const about = 'Written by mlops export compose from mlops.json.';

/** What Grafana reads when it starts: its data source and where dashboards lie. Source: "Provision Grafana" of its documentation. */
export function grafanaFiles(endpoint: string): ExportedFile[] {
  const datasource = { name: 'Prometheus', uid: source, type: 'prometheus', access: 'proxy', isDefault: true };
  const provider = { name: 'mlops', type: 'file', options: { path: '/var/lib/grafana-dashboards' } };
  // A dashboard that is put there, not imported, is asked for no data source.
  const dashboard = JSON.stringify(grafanaDashboard(endpoint), null, 2).replaceAll('${source}', source);
  return [
    {
      name: 'grafana/provisioning/datasources/prometheus.yaml',
      text: yamlText(
        {
          apiVersion: 1,
          datasources: [{ ...datasource, url: 'http://prometheus:9090', jsonData: { timeInterval: '15s' } }],
        },
        about,
      ),
    },
    {
      name: 'grafana/provisioning/dashboards/mlops.yaml',
      text: yamlText({ apiVersion: 1, providers: [provider] }, about),
    },
    { name: 'grafana/dashboards/endpoint.json', text: `${dashboard}\n` },
  ];
}
