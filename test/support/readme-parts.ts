import { readFileSync } from 'node:fs';

/**
 * The parts of an `mlops.json` that a README shows, by their names, put where those of the same name stand in a text.
 * @throws Error for a part that does not stand there
 */
export function withReadmeParts(text: string, readme: string): string {
  const shown = [...readFileSync(readme, 'utf8').matchAll(/```jsonc\n("(\w+)": [^]*?)\n```/g)];
  return shown.reduce((made, [, part, name]) => replaced(made, name!, part!), text);
}

function replaced(text: string, name: string, part: string): string {
  const from = text.indexOf(`"${name}": `);
  if (from < 0) throw new Error(`"${name}" does not stand in mlops.json`);
  const opened = text.slice(from).search(/[{[]/) + from;
  let depth = 0;
  for (let at = opened; at < text.length; at += 1) {
    if ('{['.includes(text[at]!)) depth += 1;
    if (']}'.includes(text[at]!)) depth -= 1;
    if (depth === 0) return text.slice(0, from) + part + text.slice(at + 1);
  }
  throw new Error(`"${name}" does not end`);
}
