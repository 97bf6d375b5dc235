import type { ProjectFile } from '../../project/schema.js';
import { leftOut, modelSteps } from '../delivery/readme.js';
import { signsIn, type Delivery } from '../delivery/served.js';

export function composeReadme(file: ProjectFile, left: Delivery['left']): string {
  const users = `
People sign in. Copy the file of users (\`mlops api user list\` says where it is) and make the secret by which Prometheus reads
the figures:

\`\`\`sh
cp USERS_FILE api/users.json
openssl rand -hex 32 > api/metrics-token
chmod 644 api/users.json api/metrics-token    # the service and Prometheus run as users of their own
\`\`\`
`;
  return `# ${file.name} with Docker Compose

nginx (TLS, limits, headers) in front of the served model; Prometheus with the project's alarms as rules; Grafana with its
dashboard; a daily copy of what the two keep. Everything but nginx is reachable from the inside alone.

## Start

\`\`\`sh
cp .env.example .env                 # names the image: npm run container, then docker build
${modelSteps}
mkdir -p secrets && openssl rand -hex 24 > secrets/grafana-password && chmod 644 secrets/grafana-password
sh make-certificate.sh localhost      # or put your own into tls/: server.crt, server.key
docker compose up --detach --wait
curl --cacert tls/server.crt https://localhost/health
\`\`\`
${signsIn(file) ? users : ''}
Grafana: https://localhost/monitoring/, user \`admin\`, with the password of \`secrets/grafana-password\`.

## A new model, and back

Unpack the new artifact into a folder beside (\`model-v2\`), exchange the two (\`mv model model-v1 && mv model-v2 model\`) and
\`docker compose restart api\`. Exchange them again to go back: the old files are still there.

## Backup and restore

The service \`backup\` writes an archive of each volume a day into the volume \`backups\` and keeps those of a week.
One now: \`docker compose exec backup sh /backup.sh once\`. Restoring one, with the stack down:

\`\`\`sh
docker run --rm -v VOLUME:/kept -v ARCHIVES:/backups busybox:1.37.0 tar -xzf /backups/ARCHIVE.tar.gz -C /kept
\`\`\`

## Limits

One copy of the service runs. nginx slows callers down by their address (10 requests a second, 20 at once); what the project's
own limits count is kept in the service's memory and begins anew when it restarts. The service writes nothing: requests are
counted, not captured.

${leftOut(left, 'Every alarm of `mlops.json` is a rule in `alert-rules.yml`.')}
`;
}
