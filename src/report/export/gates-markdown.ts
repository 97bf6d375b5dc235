import type { GateResult, Verdict } from '../../documents/gates/verdict.js';
import { markdownCell } from './markdown-text.js';

/** A verdict with its gates as a Markdown table, for a pull request. */
export function gatesMarkdown(verdict: Verdict, gates: GateResult[]): string {
  const rows = gates.map(
    ({ id, level, status, message }) => `| ${status} | ${markdownCell(id)} | ${level} | ${markdownCell(message)} |`,
  );
  return [`**Verdict: ${verdict}**`, '', '| answer | gate | level | why |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}
