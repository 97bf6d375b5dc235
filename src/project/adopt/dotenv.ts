import { InputError } from '../../common/errors.js';

/**
 * `NAME=VALUE` lines, as shells and dotenv readers take them: comments, `export`, quotes. The last line of a name wins.
 * @throws InputError naming the line that is none of these
 */
export function parseDotenv(text: string, path: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const match = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/.exec(line);
    // The line itself is not said: such files hold secrets, also such that go over several lines.
    if (match === null) throw new InputError(`${path}: line ${index + 1}: found something else, expected NAME=VALUE`);
    found[match[1]!] = valueOf(match[2]!);
  }
  return found;
}

function valueOf(text: string): string {
  const quoted = /^(["'])(.*)\1\s*(?:#.*)?$/.exec(text);
  if (quoted) return quoted[1] === '"' ? quoted[2]!.replace(/\\(["\\])/g, '$1') : quoted[2]!;
  return text.replace(/\s+#.*$/, '').trim();
}
