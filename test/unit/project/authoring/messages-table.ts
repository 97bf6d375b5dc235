import { readFileSync } from 'node:fs';

/** A line of docs/MESSAGES.md: what is typed in the sample instead of something, and what the editor then shows. */
export interface Message {
  instead: string;
  typed: string;
  marked: string;
  says: string;
  /** The title of the quick fix; empty where there is none. */
  offers: string;
}

/** The lines of the table below a heading. */
export function messagesOf(heading: string, text = readFileSync('docs/MESSAGES.md', 'utf8')): Message[] {
  const part = text.split(/^## /m).find((one) => one.startsWith(heading)) ?? '';
  const lines = part.split('\n').filter((line) => line.startsWith('| `'));
  return lines.map((line) => {
    const [, instead, typed, marked, says, offers] = line.split(/(?<!\\)\|/).map(plain);
    return { instead: instead!, typed: typed!, marked: marked!, says: says!, offers: offers! };
  });
}

/** A cell without the marks of Markdown. */
function plain(cell: string): string {
  const text = cell.trim().replaceAll('\\|', '|').replaceAll('\\*', '*').replaceAll('\\_', '_');
  return (
    /^`` ?([^]*?) ?``$|^`([^]*)`$/
      .exec(text)
      ?.slice(1)
      .find((one) => one !== undefined) ?? text
  );
}
