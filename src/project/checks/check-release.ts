import { oneOf } from '../../common/nearest.js';
import { valueAt } from '../../common/schema-words.js';
import type { ReleaseSettings } from '../parts/release-schema.js';
import { figuresOf, knownFigures } from '../rules/known-figures.js';
import { looksLikeRule, readBareRule, readLiveRule } from '../rules/live-rule.js';
import { readRule } from '../rules/rule.js';
import type { Note, Path } from './problem.js';

const keysOf = (value: unknown): string[] => (typeof value === 'object' && value !== null ? Object.keys(value) : []);

/** One endpoint or several, never both, and each of several with a name of its own. */
export function checkEndpoints(file: unknown, note: (path: Path, message: string) => void): void {
  const several = valueAt(file, ['endpoints']);
  if (several === undefined) return;
  if (valueAt(file, ['endpoint']) !== undefined)
    note(['endpoint'], 'found "endpoint" beside "endpoints", expected one of both');
  const project = String(valueAt(file, ['name']));
  const seen = new Map<string, string>();
  for (const key of keysOf(several)) {
    const said = valueAt(several, [key, 'name']);
    const name = typeof said === 'string' ? said : `${project}-${key}`;
    const place: Path = typeof said === 'string' ? ['endpoints', key, 'name'] : ['endpoints', key];
    const other = seen.get(name);
    if (other !== undefined) note(place, `found "${name}", which is the name of ${other} already, expected another`);
    if (!/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/.test(name))
      note(place, `found the name "${name}", expected letters, digits and "-" only, at most 63`);
    seen.set(name, key);
  }
  if (seen.size === 0) note(['endpoints'], 'found no endpoint, expected at least one: { "prod": {} }');
}

/** Endpoints that are there, steps that rise to all of the traffic, rules that can be read. */
export function checkRelease(release: ReleaseSettings, file: unknown, note: Note): void {
  checkWay(release, keysOf(valueAt(file, ['endpoints'])), note);
  checkSteps(release, note);
  release.rollbackOn?.forEach((word, index) => {
    const read = looksLikeRule(word) ? readLiveRule(word) : undefined;
    if (read === undefined) return;
    if ('problem' in read)
      note(['rollbackOn', index], `found ${read.problem.found}, expected ${read.problem.expected}`, read.problem.at);
    else if (read.rule.figure === 'score_ks' && capturesNothing(release, file))
      note(['rollbackOn', index], 'found a rule on scores, expected none: the endpoint captures no request');
  });
  checkRefresh(release, file, note);
  const ids = release.admit.map(({ id }) => id);
  const gates = gateIds(file);
  release.admit.forEach((check, index) => {
    const path = ['admit', index];
    if (ids.indexOf(check.id) < index)
      note([...path, 'id'], `found "${check.id}", which is a check already, expected another name`);
    if (check.waivable && gates.includes(check.id))
      note(
        [...path, 'id'],
        `found "${check.id}", which is a gate of "monitor" too, expected another name: a waiver names one of both`,
      );
    if ('metric' in check) {
      const read = readBareRule(check.rule);
      if ('problem' in read)
        note([...path, 'rule'], `found ${read.problem.found}, expected ${read.problem.expected}`, read.problem.at);
      return;
    }
    const read = readRule(check.rule);
    if ('problem' in read)
      note([...path, 'rule'], `found ${read.problem.found}, expected ${read.problem.expected}`, read.problem.at);
    else if (!Object.hasOwn(knownFigures, read.rule.figure))
      note(
        [...path, 'rule'],
        `found "${read.rule.figure}", expected a figure such as recall, or "metric" beside the rule`,
        0,
      );
    else if (read.rule.limit.kind !== 'absolute')
      note([...path, 'rule'], 'found a rule against another version, expected a number: gates compare versions');
  });
}

/** A figure that a model of this task has. */
function checkRefresh({ refresh }: ReleaseSettings, file: unknown, note: Note): void {
  if (typeof refresh === 'number') return;
  const task = valueAt(file, ['model', 'task']);
  if (task !== 'binary' && task !== 'multiclass' && task !== 'regression') return;
  const figures = figuresOf(task, 'model');
  if (!figures.includes(refresh.figure))
    note(['refresh', 'figure'], `found "${refresh.figure}", expected ${oneOf(refresh.figure, figures)}`);
}

function checkWay({ from, to }: ReleaseSettings, endpoints: readonly string[], note: Note): void {
  if (from === undefined && to === undefined) return;
  if (endpoints.length === 0) {
    note(
      [from === undefined ? 'to' : 'from'],
      'found a way from one endpoint to another, expected "endpoints" to name them',
    );
    return;
  }
  for (const [word, key] of Object.entries({ from, to })) {
    if (key === undefined) note([], `found no "${word}", expected ${oneOf(undefined, endpoints)}`);
    else if (!endpoints.includes(key))
      note([word], `found "${key}", expected ${oneOf(key, endpoints)}`, undefined, endpoints);
  }
  if (from !== undefined && from === to) note(['to'], `found "${to}", where it comes from, expected another endpoint`);
}

function checkSteps({ strategy, steps }: ReleaseSettings, note: Note): void {
  if (steps === undefined) return;
  if (strategy === 'all-at-once') {
    note(['steps'], 'found steps, expected none: all-at-once has one; or strategy "canary", "linear" or "ramp"');
    return;
  }
  steps.forEach((step, index) => {
    if (index > 0 && step <= steps[index - 1]!)
      note(['steps', index], `found ${step}, expected more than ${steps[index - 1]}`);
  });
  if (steps.at(-1) !== 100)
    note(['steps', steps.length - 1], `found ${steps.at(-1)}, expected 100: all of the traffic comes last`);
}

function capturesNothing({ to }: ReleaseSettings, file: unknown): boolean {
  return valueAt(file, to === undefined ? ['endpoint', 'capture'] : ['endpoints', to, 'capture']) === 0;
}

function gateIds(file: unknown): unknown[] {
  const gates = valueAt(file, ['monitor', 'gates']);
  return Array.isArray(gates) ? gates.map((gate) => valueAt(gate, ['id'])) : [];
}
