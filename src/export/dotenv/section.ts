const begin = '# mlops export dotenv: from here to the end mark it is written anew each time';
const end = '# mlops export dotenv: end';

/** A text without the part that was written before. A part whose end was lost goes to the end of the text. */
export function withoutSection(text: string): string {
  const lines = text.split(/\r?\n/);
  const from = lines.indexOf(begin);
  if (from < 0) return text;
  const to = lines.indexOf(end, from);
  const rest = to < 0 ? lines.slice(0, from) : [...lines.slice(0, from), ...lines.slice(to + 1)];
  return rest.join('\n');
}

/** The text of a file with these variables in a part of their own, and all its other lines as they were. */
export function withSection(text: string, variables: Record<string, string>): string {
  const others = withoutSection(text).trimEnd();
  const own = Object.entries(variables).map(([name, value]) => `${name}=${quoted(value)}`);
  return [...(others === '' ? [] : [others, '']), begin, ...own, end, ''].join('\n');
}

/** As shells and dotenv readers take it. */
function quoted(value: string): string {
  return /^[\w@%+=:,./-]*$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
}
