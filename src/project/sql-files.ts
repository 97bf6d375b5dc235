import type { Path } from './checks/problem.js';
import type { JsoncText } from './jsonc.js';

/** The SQL files that a project names, with the place that names each; found even when other parts of the file are wrong. */
export function sqlFiles({ value }: JsoncText): { path: Path; name: string }[] {
  const lenient = value as
    | {
        features?: { sql?: unknown; command?: unknown };
        sources?: Record<string, { sql?: unknown } | null>;
        live?: { map?: { sql?: unknown } };
      }
    | undefined;
  if (lenient === null || typeof lenient !== 'object') return [];
  // Beside a program that makes the features there is no SQL of them.
  const byDefault = lenient.features?.command === undefined ? 'features.sql' : undefined;
  const ofFeatures = { path: ['features', 'sql'], name: lenient.features?.sql ?? byDefault };
  const ofSources = Object.entries(lenient.sources ?? {}).map(([source, entry]) => ({
    path: ['sources', source, 'sql'],
    name: entry?.sql,
  }));
  const ofMap = { path: ['live', 'map', 'sql'], name: lenient.live?.map?.sql };
  return [ofFeatures, ...ofSources, ofMap].flatMap(({ path, name }) =>
    typeof name === 'string' ? [{ path, name }] : [],
  );
}
