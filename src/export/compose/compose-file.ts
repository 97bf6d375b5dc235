import type { ProjectFile } from '../../project/schema.js';
import { hasApi, imagePort, imageUser, platformName, signsIn } from '../delivery/served.js';
import { yamlText } from '../delivery/yaml.js';

/** Images of others, each at a version: what is tried here is what comes up there. */
const images = {
  nginx: 'nginxinc/nginx-unprivileged:1.27.4-alpine',
  prometheus: 'prom/prometheus:v3.2.1',
  grafana: 'grafana/grafana:11.5.2',
  shell: 'busybox:1.37.0',
} as const;

/** Volumes whose contents are worth a copy. */
export const keptVolumes = ['prometheus-data', 'grafana-data'] as const;

/** No more rights than a process needs that only listens. */
const closed = {
  read_only: true,
  cap_drop: ['ALL'],
  security_opt: ['no-new-privileges:true'],
  tmpfs: ['/tmp'],
  restart: 'unless-stopped',
  logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
};
const size = (cpus: string, memory: string) => ({ deploy: { resources: { limits: { cpus, memory } } } });
const readOnly = (from: string, to: string) => `${from}:${to}:ro`;

/** The served model behind nginx, watched by Prometheus and Grafana. Source: the Compose specification. */
export function composeFile(file: ProjectFile): string {
  const api = hasApi(file) ? [readOnly('./api', '/opt/ml/api')] : [];
  const services = {
    api: {
      image: '${MLOPS_IMAGE:?the image that npm run container and docker build made}',
      command: ['serve'],
      user: `${imageUser}:${imageUser}`,
      environment: { MLOPS_ENDPOINT: file.endpoint.name },
      volumes: [readOnly('./model', '/opt/ml/model'), ...api],
      healthcheck: health(
        `node -e "fetch('http://127.0.0.1:${imagePort}/ping').then((a) => process.exit(a.ok ? 0 : 1))"`,
      ),
      networks: ['inside'],
      ...closed,
      ...size('1', '2G'),
    },
    nginx: {
      image: images.nginx,
      ports: ['80:8081', '443:8443'],
      volumes: [readOnly('./nginx.conf', '/etc/nginx/nginx.conf'), readOnly('./tls', '/etc/nginx/tls')],
      // It looks for both by name when it starts.
      depends_on: { api: { condition: 'service_healthy' }, grafana: { condition: 'service_started' } },
      networks: ['inside', 'outside'],
      ...closed,
      ...size('0.5', '128M'),
    },
    prometheus: {
      image: images.prometheus,
      command: [
        '--config.file=/etc/prometheus/prometheus.yml',
        '--storage.tsdb.path=/prometheus',
        '--storage.tsdb.retention.time=200h',
      ],
      volumes: [
        readOnly('./prometheus.yml', '/etc/prometheus/prometheus.yml'),
        readOnly('./alert-rules.yml', '/etc/prometheus/alert-rules.yml'),
        ...(signsIn(file) ? [readOnly('./api/metrics-token', '/etc/prometheus/metrics-token')] : []),
        'prometheus-data:/prometheus',
      ],
      networks: ['inside'],
      ...closed,
      ...size('0.5', '512M'),
    },
    grafana: {
      image: images.grafana,
      environment: {
        GF_SECURITY_ADMIN_PASSWORD__FILE: '/run/secrets/grafana-password',
        GF_SERVER_ROOT_URL: '%(protocol)s://%(domain)s/monitoring/',
        GF_SERVER_SERVE_FROM_SUB_PATH: 'true',
        GF_ANALYTICS_REPORTING_ENABLED: 'false',
      },
      secrets: ['grafana-password'],
      volumes: [
        readOnly('./grafana/provisioning', '/etc/grafana/provisioning'),
        readOnly('./grafana/dashboards', '/var/lib/grafana-dashboards'),
        'grafana-data:/var/lib/grafana',
      ],
      networks: ['inside'],
      ...closed,
      ...size('0.5', '512M'),
    },
    backup: {
      image: images.shell,
      command: ['sh', '/backup.sh'],
      volumes: [
        readOnly('./backup.sh', '/backup.sh'),
        ...keptVolumes.map((name) => readOnly(name, `/kept/${name}`)),
        'backups:/backups',
      ],
      network_mode: 'none',
      ...closed,
      // It reads what processes of other users wrote, and nothing else.
      cap_add: ['DAC_READ_SEARCH'],
      ...size('0.5', '128M'),
    },
  };
  const volumes = Object.fromEntries([...keptVolumes, 'backups'].map((name) => [name, {}]));
  return yamlText(
    {
      name: platformName(file.name),
      services,
      networks: { inside: { internal: true }, outside: {} },
      volumes,
      secrets: { 'grafana-password': { file: './secrets/grafana-password' } },
    },
    'Written by mlops export compose from mlops.json; written again, it is replaced.',
  );
}

const health = (command: string) => ({
  test: ['CMD-SHELL', command],
  interval: '30s',
  timeout: '10s',
  retries: 5,
  start_period: '20s',
});
