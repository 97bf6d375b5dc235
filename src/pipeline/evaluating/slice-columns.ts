import { readRule } from '../../project/rules/rule.js';
import type { GateRule, ProjectFile } from '../../project/schema.js';
import { readSlice, type SliceRule } from '../../project/rules/slice.js';

/** The columns that rows are told apart by: those of `monitor.slices`, and those that a rule names. */
export function sliceColumnsOf(file: ProjectFile): string[] {
  const configured = (file.monitor.slices ?? []).map((slice) => (typeof slice === 'string' ? slice : slice.column));
  return [...new Set([...configured, ...rulesSlices(file).map(({ column }) => column)])];
}

/** The slices that rules (of these gates) name, each once. */
export function rulesSlices(
  { monitor }: Pick<ProjectFile, 'monitor'>,
  of: (gate: GateRule) => boolean = () => true,
): SliceRule[] {
  const named = monitor.gates.filter(of).flatMap(({ rule: text }) => {
    const read = readRule(text);
    return 'rule' in read && read.rule.slice !== null ? [read.rule.slice] : [];
  });
  return [...new Set(named)].flatMap((text) => readSlice(text) ?? []);
}
