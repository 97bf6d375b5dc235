import { dump } from 'js-yaml';

/** A document of YAML with a line about where it is from: the same text for the same value. */
export function yamlText(value: unknown, about: string): string {
  return `# ${about}\n${dump(value, { lineWidth: -1, noRefs: true })}`;
}

/** Several documents in one file. */
export const yamlDocuments = (values: readonly unknown[], about: string): string =>
  `# ${about}\n${values.map((value) => dump(value, { lineWidth: -1, noRefs: true })).join('---\n')}`;
