import type { GateResult, Verdict } from '../documents/verdict.js';

/** A verdict with its gates as a Markdown table, for a pull request. */
export function gatesMarkdown(verdict: Verdict, gates: GateResult[]): string {
  const rows = gates.map(({ id, level, status, message }) => `| ${status} | ${id} | ${level} | ${cell(message)} |`);
  return [`**Verdict: ${verdict}**`, '', '| answer | gate | level | why |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
