import { readdirSync, readFileSync } from 'node:fs';
import { parseProject } from '../../../../src/project/load.js';
import type { Served } from '../../../../src/export/delivery/served.js';

/** Every template, as an export is given it. */
export const templates: Served[] = readdirSync('templates', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => readFileSync(`templates/${name}/mlops.json`, 'utf8'))
  .map((source) => ({ source, file: parseProject(source) }));

export const templateOf = (name: string): Served => templates.find(({ file }) => file.name === name)!;

/** A project that says something else in its file. */
export function changed(name: string, change: (said: Record<string, unknown>) => void): Served {
  const said = JSON.parse(JSON.stringify(templateOf(name).file)) as Record<string, unknown>;
  change(said);
  const source = JSON.stringify(said);
  return { source, file: parseProject(source) };
}
