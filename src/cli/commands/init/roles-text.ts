import type { Roles } from '../../../project/from-table/roles.js';
import { entityName } from '../../../project/from-table/write.js';

/** Of a few whole numbers only a person knows whether they are classes or values. */
function doubtOf({ whole, distinct, kind }: Roles['target'], task: Roles['task']): string[] {
  if (kind !== 'number' || !whole || distinct < 3) return [];
  if (task === 'multiclass')
    return [
      `its ${distinct} whole numbers are taken as classes; if they are values (2 counts as twice 1): --task regression`,
    ];
  return task === 'regression' && distinct <= 50
    ? [
        `its ${distinct} whole numbers are taken as values (2 counts as twice 1); if they are classes: --task multiclass, or find one of them: --positive VALUE`,
      ]
    : [];
}

/** "one of 4 classes: none, comp1, comp2, comp3" */
function classesText({ distinct, values }: Roles['target']): string {
  const names = values.map(({ value }) => value);
  return `one of ${distinct} classes${names.length === 0 ? '' : `: ${names.join(', ')}`}`;
}

/** What was decided about the columns, for a person to check. */
export function rolesText(roles: Roles): string[] {
  const { target, task, positive, time, numbers, categories, dates, leftOut, repeats } = roles;
  const as = positive === undefined ? '' : `, "${positive}" counts as 1`;
  return [
    `predicts ${target.name} (${task === 'multiclass' ? classesText(target) : `${task}${as}`})`,
    ...doubtOf(target, task),
    `an example is named by ${entityName(roles)}${time === undefined ? '' : ` and ${time.name}`}${repeats ? ', of which there are several rows: each gets a number' : ''}`,
    `learns from ${numbers.length} numbers, ${categories.length} texts and ${dates.length} dates`,
    ...leftOut.map(({ name, why }) => `leaves out ${name || 'a column'}: ${why}`),
    ...roles.warnings.map((warning) => `look: ${warning}`),
  ];
}
