import { escapedHtml } from './html.js';

/** What the shell of a page is made of; addresses as the webview serves them. */
export interface PageParts {
  title: string;
  scriptUri: string;
  styleUri: string;
  /** Fresh for every page. */
  nonce: string;
  /** Where styles may come from. */
  cspSource: string;
}

/**
 * The empty page that the report's script fills. Nothing may run or load but our own script and style sheet.
 * The toolkit tries out a style of its own while it loads; it finds the nonce for that in `csp-nonce`.
 */
export function reportPage({ title, scriptUri, styleUri, nonce, cspSource }: PageParts): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource} 'nonce-${nonce}'; img-src ${cspSource} data:`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapedHtml(policy)}">
<meta property="csp-nonce" content="${escapedHtml(nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapedHtml(styleUri)}">
<title>${escapedHtml(title)}</title>
</head>
<body>
<div id="news" class="unseen" role="status"></div>
<div id="root"></div>
<div id="rows"></div>
<script nonce="${escapedHtml(nonce)}" src="${escapedHtml(scriptUri)}"></script>
</body>
</html>
`;
}
