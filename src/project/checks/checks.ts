import * as z from 'zod';
import { actionsSchema } from '../alarms/actions-schema.js';
import { askedAlarmSchema } from '../alarms/asked-schema.js';
import { apiSchema } from '../parts/api-schema.js';
import { checkActions } from './check-actions.js';
import { checkAlarms } from './check-alarms.js';
import { checkApi } from './check-api.js';
import { checkEndpoint, checkEnvironments, checkSplit } from './check-parts.js';
import { checkGate, checkMonitor } from './check-gates.js';
import { checkLive } from './check-live.js';
import { checkCandidate, checkModel } from './check-model.js';
import { checkPrivate } from './check-private.js';
import { checkEndpoints, checkRelease } from './check-release.js';
import { checkReference } from './check-reference.js';
import { liveSchema } from '../live/live-schema.js';
import type { JsoncText } from '../jsonc.js';
import { releaseSchema } from '../parts/release-schema.js';
import { valueAt } from '../../common/schema-words.js';
import type { Note, Path, Problem } from './problem.js';
import {
  candidateSchema,
  endpointSchema,
  gateSchema,
  modelSchema,
  monitorSchema,
  projectFileSchema,
} from '../schema.js';
import { splitSchema } from '../parts/features-schema.js';

/**
 * What a schema cannot say: sums, references between parts, rules. Each part is checked when it is well formed itself,
 * whatever is wrong elsewhere, so that one reading of the file finds everything.
 */
export function crossChecks(text: JsoncText): Problem[] {
  const problems: Problem[] = [];
  const { value: file } = text;
  function part<Value>(schema: z.ZodType<Value>, path: Path, check: (value: Value, note: Note) => void): void {
    const parsed = schema.safeParse(valueAt(file, path));
    if (!parsed.success) return;
    check(parsed.data, (inner, message, offset, known) => {
      const full = [...path, ...inner];
      const place = offset === undefined ? text.placeOf(full) : text.placeInString(full, offset);
      problems.push({ ...place, path: full, message, ...(known && { known }) });
    });
  }
  const listAt = (path: Path): unknown[] => {
    const list = valueAt(file, path);
    return Array.isArray(list) ? list : [];
  };
  const task = modelSchema.shape.task.safeParse(valueAt(file, ['model', 'task'])).data;
  const reserved = {
    entity: valueAt(file, ['features', 'entity']),
    target: valueAt(file, ['model', 'target']),
  };

  const families = listAt(['model', 'candidates']).map((one) => valueAt(one, ['family']));
  const isGiven = families.length > 0 && families.every((family) => family === 'given');
  if (
    valueAt(file, ['endpoint']) === undefined &&
    valueAt(file, ['endpoints']) === undefined &&
    !isGiven &&
    typeof file === 'object' &&
    file !== null &&
    !Array.isArray(file)
  )
    problems.push({
      ...text.placeOf([]),
      path: ['endpoint'],
      message: 'found no endpoint, expected one: { "name": … }',
    });
  part(splitSchema, ['features', 'split'], (split, note) => checkSplit(split, !isGiven, note));
  part(modelSchema, ['model'], (model, note) => {
    checkModel(model, note);
    if (model.candidates.length === 0 && valueAt(file, ['train']) === undefined)
      note([], 'found no candidates, expected at least one model to train, or "train" with a command of your own');
  });
  listAt(['model', 'candidates']).forEach((_, index) => {
    part(candidateSchema, ['model', 'candidates', index], (candidate, note) => {
      checkCandidate(candidate, { task, ...reserved }, note);
      if (candidate.search?.folds.by === 'time' && valueAt(file, ['features', 'time']) === undefined) {
        note(['search', 'folds', 'by'], 'found "time", expected another way: features.time names no column');
      }
    });
  });
  part(endpointSchema, ['endpoint'], checkEndpoint);
  part(apiSchema, ['api'], checkApi);
  checkEndpoints(file, (path, message) => problems.push({ ...text.placeOf(path), path: [...path], message }));
  part(releaseSchema, ['release'], (release, note) => checkRelease(release, file, note));
  part(monitorSchema, ['monitor'], checkMonitor);
  part(z.string(), ['monitor', 'reference'], (word, note) => {
    checkReference(word, valueAt(file, ['features', 'time']), note);
  });
  listAt(['monitor', 'gates']).forEach((_, index) => {
    part(gateSchema, ['monitor', 'gates', index], (gate, note) => {
      checkGate(gate, task, note);
    });
  });
  part(z.array(askedAlarmSchema), ['alarms'], (alarms, note) => checkAlarms(alarms, file, note));
  part(actionsSchema, ['actions'], checkActions);
  part(liveSchema, ['live'], (_, note) => checkLive(file, note));
  part(projectFileSchema.shape.environments, ['environments'], checkEnvironments);
  checkPrivate(file, (path, message) => problems.push({ ...text.placeOf(path), path: [...path], message }));
  return problems;
}
