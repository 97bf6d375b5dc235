import { escaped } from './junit.js';

interface Checked {
  target: string;
  cases: { name: string; ms: number; problems: string[] }[];
}

/** The cases that an endpoint was held against as JUnit XML, which every CI system draws. */
export function contractJUnit({ target, cases }: Checked): string {
  const failures = cases.filter(({ problems }) => problems.length > 0).length;
  const lines = cases.map(({ name, ms, problems }) => {
    const open = `    <testcase classname="endpoint" name="${escaped(name)}" time="${ms / 1000}"`;
    return problems.length === 0
      ? `${open}/>`
      : `${open}><failure message="${escaped(problems.join('\n'))}"/></testcase>`;
  });
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`;
  const suite = `  <testsuite name="${escaped(target)}" ${counts}>\n${lines.join('\n')}\n  </testsuite>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suite}\n</testsuites>`;
}
