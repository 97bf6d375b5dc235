import { escapedHtml } from './html.js';
import type { HostMessage } from '../protocol.js';
import type { ExplainedMessage, RowsMessage } from '../monitoring/rows.js';

/** All that an exported page shows: the report, and a bounded number of the rows behind its figures. */
export interface Embedded {
  message: HostMessage;
  /** By selection, as the page asks for them. */
  rows: Record<string, RowsMessage>;
  /** By record id. */
  explained: Record<string, ExplainedMessage>;
}

/**
 * One HTML file that opens from disk: script, style and data stand in it, and its policy lets nothing else in or out.
 * `nonce` is fixed in the file: there is no server that could make another.
 */
export function exportedPage(
  embedded: Embedded,
  parts: { title: string; script: string; style: string; nonce: string },
): string {
  const { title, script, style, nonce } = parts;
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}' 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
  const data = JSON.stringify(embedded).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapedHtml(title)}</title>
<style nonce="${nonce}">
${style.replaceAll('</style', '<\\/style')}
</style>
</head>
<body class="stand-alone">
<div id="news" class="unseen" role="status"></div>
<div id="root"></div>
<div id="rows"></div>
<script type="application/json" id="embedded" nonce="${nonce}">${data}</script>
<script nonce="${nonce}">
${script.replaceAll('</script', '<\\/script')}
</script>
</body>
</html>
`;
}
