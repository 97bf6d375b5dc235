import type { GateResult, Verdict } from '../../documents/gates/verdict.js';

/** The gates of one or more verdicts as JUnit XML, which every CI system draws. Inconclusive is an error there: never green. */
export function gatesJUnit(answers: { results: string; verdict: Verdict; gates: GateResult[] }[]): string {
  const suites = answers.map(({ results, gates }) => {
    const failures = gates.filter(({ status }) => status === 'fail').length;
    const errors = gates.filter(({ status }) => status === 'error' || status === 'inconclusive').length;
    const counts = `tests="${gates.length}" failures="${failures}" errors="${errors}"`;
    return `  <testsuite name="${escaped(results)}" ${counts}>\n${gates.map(testCase).join('\n')}\n  </testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>`;
}

function testCase({ id, level, status, message }: GateResult): string {
  const open = `    <testcase classname="gates.${level}" name="${escaped(id)}"`;
  const text = escaped(message);
  switch (status) {
    case 'pass':
      return `${open}/>`;
    case 'warn':
      return `${open}><system-out>warning: ${text}</system-out></testcase>`;
    case 'fail':
      return `${open}><failure message="${text}"/></testcase>`;
    case 'inconclusive':
    case 'error':
      return `${open}><error type="${status}" message="${text}"/></testcase>`;
  }
}

/** Characters that XML 1.0 has no way to write become the sign for an unknown one. */
export function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text
    .replace(/[&<>"]/g, (sign) => entities[sign]!)
    .replace(/[\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
