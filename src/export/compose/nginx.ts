import { bytesOf } from '../../project/parts/api-schema.js';
import type { ProjectFile } from '../../project/schema.js';
import { imagePort } from '../delivery/served.js';

/** Where each part is, inside the stack; a test of its parts says its own. */
export interface NginxPlaces {
  api: string;
  grafana: string;
  http: number;
  https: number;
  tls: string;
  temporary: string;
}

export const inCompose: NginxPlaces = {
  api: `api:${imagePort}`,
  grafana: 'grafana:3000',
  http: 8081,
  https: 8443,
  tls: '/etc/nginx/tls',
  temporary: '/tmp',
};

/**
 * TLS ends here, callers are slowed down by address, and what is for the inside stays there: `/metrics` is nobody's.
 * Ten requests a second with a burst of twenty; looking at health is cheaper and may be asked more often.
 */
export function nginxConf(
  { api, endpoint }: Pick<ProjectFile, 'api' | 'endpoint'>,
  at: NginxPlaces = inCompose,
): string {
  const most = api === undefined ? 25 << 20 : bytesOf(api.limits.body);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `    ${name}_temp_path ${at.temporary}/${name};`,
  );
  return `# Written by mlops export compose from mlops.json: TLS, limits and headers in front of ${endpoint.name}.
worker_processes auto;
pid ${at.temporary}/nginx.pid;
error_log stderr warn;

events {
    worker_connections 1024;
}

http {
    # No query: what is asked may be about people.
    log_format plain '$remote_addr [$time_iso8601] "$request_method $uri" $status $request_time';
    access_log /dev/stdout plain;
    server_tokens off;
${temporary.join('\n')}

    limit_req_zone $binary_remote_addr zone=asked:10m rate=10r/s;
    limit_req_zone $binary_remote_addr zone=looked:10m rate=30r/s;
    limit_req_status 429;
    client_max_body_size ${most};
    client_body_timeout 30s;
    client_header_timeout 10s;

    server {
        listen ${at.http};
        return 301 https://$host$request_uri;
    }

    server {
        listen ${at.https} ssl;
        ssl_certificate ${at.tls}/server.crt;
        ssl_certificate_key ${at.tls}/server.key;
        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_session_cache shared:tls:10m;
        ssl_session_tickets off;

        # Said once, here: not again by what is behind.
        proxy_hide_header Strict-Transport-Security;
        proxy_hide_header X-Content-Type-Options;
        proxy_hide_header X-Frame-Options;
        add_header Strict-Transport-Security "max-age=31536000; includeSubDomains" always;
        add_header X-Content-Type-Options nosniff always;
        add_header X-Frame-Options SAMEORIGIN always;

        proxy_http_version 1.1;
        proxy_set_header Host $host;
        # What a caller says of itself is not passed on.
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto https;
        proxy_read_timeout 60s;

        location = /metrics {
            return 404;
        }
        location ~ ^/(health|ping)$ {
            limit_req zone=looked burst=50 nodelay;
            proxy_pass http://${at.api};
        }
        location /monitoring/ {
            limit_req zone=looked burst=30 nodelay;
            proxy_pass http://${at.grafana};
        }
        location / {
            limit_req zone=asked burst=20 nodelay;
            proxy_pass http://${at.api};
        }
    }
}
`;
}
