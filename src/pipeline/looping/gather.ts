import type { Evidence } from '../../loop/severity.js';
import { predictsElsewhere } from '../../project/elsewhere.js';
import { parseRule } from '../../project/rules/rule.js';
import type { ProjectFile } from '../../project/schema.js';
import { choiceOf } from '../candidates/choice.js';
import { mainVariant } from '../endpoints/main-variant.js';
import { newestResults } from '../stored-results.js';
import { evidenceOf } from './evidence.js';
import type { Looking } from './looks.js';

/** The version that serves; undefined where none answers. */
export async function servesNow({ environment, project, signal }: Looking): Promise<string | undefined> {
  if (predictsElsewhere(project.file)) return undefined;
  const info = await environment.endpoints.describe(project.file.endpoint.name, { signal });
  return mainVariant(info?.serving ?? [])?.modelVersion;
}

/** The newest results on what serves: those on production, and those on the newest batch. */
export async function gather({ environment, project }: Looking, serves: string | undefined): Promise<Evidence[]> {
  if (serves === undefined) return [];
  const { metric } = choiceOf(project.file.model);
  const watched = watchedInputs(project.file);
  const found = await Promise.all(
    [false, true].map((ofBatch) => newestResults(environment, ({ batch }) => (batch !== undefined) === ofBatch)),
  );
  return found.flatMap((one) =>
    one?.results.modelVersion !== serves ? [] : [evidenceOf(one.key, one.results, metric, watched)],
  );
}

/** The inputs whose drift a gate looks at; all of them where none does. */
function watchedInputs({ monitor }: ProjectFile): string[] {
  const named = monitor.gates.flatMap(({ rule }) => {
    const { figure, columns } = parseRule(rule);
    return figure === 'null_pct' ? [] : (columns ?? []);
  });
  return named.length === 0 ? ['*'] : named;
}
