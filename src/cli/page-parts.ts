import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CliServices } from './context.js';

/** What makes a report a page of its own: its script and style, as the editor's panels have them. */
export async function pageParts({ webview }: Pick<CliServices, 'webview'>, title: string) {
  const [script, style] = await Promise.all(
    ['report.js', 'report.css'].map((name) => readFile(join(webview, name), 'utf8')),
  );
  return {
    title,
    script: withoutMap(script!),
    style: withoutMap(style!),
    nonce: randomBytes(18).toString('base64url'),
  };
}

/** A source map would be looked for beside the exported file. */
function withoutMap(text: string): string {
  return text.replace(/^(\/\/# sourceMappingURL=.*|\/\*# sourceMappingURL=.*\*\/)$/gm, '');
}
