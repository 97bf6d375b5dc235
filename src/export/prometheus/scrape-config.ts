/** Where Prometheus finds an endpoint, and how it proves itself. */
export interface ScrapeTarget {
  endpoint: string;
  /** `http://127.0.0.1:8080`; undefined: not running, a place to fill in. */
  url: string | undefined;
  /** A file with the bearer token, which only its owner may read. */
  tokenFile: string | undefined;
  /** Whether it asks for no proof at all. */
  isOpen?: boolean;
}

/** `prometheus.yml`: the endpoint every 15 seconds, and the rules beside it. */
export function scrapeConfig({ endpoint, url, tokenFile, isOpen }: ScrapeTarget): string {
  const target = url === undefined ? 'HOST:PORT' : new URL(url).host;
  const proof = isOpen
    ? []
    : [
        '    authorization:\n',
        '      type: Bearer\n',
        `      credentials_file: ${JSON.stringify(tokenFile ?? 'TOKEN_FILE')}\n`,
      ];
  return [
    'global:\n  scrape_interval: 15s\n  evaluation_interval: 1m\n',
    'rule_files:\n  - alert-rules.yml\n',
    'scrape_configs:\n',
    `  - job_name: ${JSON.stringify(endpoint)}\n`,
    '    metrics_path: /metrics\n',
    ...proof,
    '    static_configs:\n',
    `      - targets: [${JSON.stringify(target)}]\n`,
  ].join('');
}
