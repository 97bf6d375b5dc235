import { oneOf } from '../../common/nearest.js';
import { readClassFigure } from '../../project/rules/class-figure.js';
import { readRule } from '../../project/rules/rule.js';
import type { Project } from '../../project/schema.js';
import { atPlace } from './place-of-error.js';

/**
 * A rule on a class that no training row is of could never be judged.
 * @throws ProjectFileError at the rule's line, with the nearest of the classes that there are
 */
export function checkRuleClasses({ folder, file }: Project, classes: readonly string[]): void {
  const refuse = (path: (string | number)[], name: string) => {
    const expected = oneOf(name, classes);
    throw atPlace(folder, path, `found the class "${name}", which no training row is of, expected ${expected}`);
  };
  file.monitor.gates.forEach(({ rule: text }, index) => {
    const read = readRule(text);
    const name = 'rule' in read ? read.rule.class : null;
    if (name !== null && !classes.includes(name)) refuse(['monitor', 'gates', index, 'rule'], name);
  });
  const chosen = readClassFigure(file.model.choose?.metric ?? '');
  if (chosen !== undefined && !classes.includes(chosen.class)) refuse(['model', 'choose', 'metric'], chosen.class);
}
