import type { Roles } from '../../../project/from-table/roles.js';
import { entityName } from '../../../project/from-table/write.js';

/** A project's model finds one class or a value: of a few whole numbers only a person knows which they are. */
const seemsClasses = ({ whole, distinct }: Roles['target'], task: Roles['task']): boolean =>
  task === 'regression' && whole && distinct <= 10;

/** What was decided about the columns, for a person to check. */
export function rolesText(roles: Roles): string[] {
  const { target, task, positive, time, numbers, categories, dates, leftOut } = roles;
  const as = positive === undefined ? '' : `, "${positive}" counts as 1`;
  const lines = [
    `predicts ${target.name} (${task}${as})`,
    ...(seemsClasses(target, task)
      ? [
          `its ${target.distinct} whole numbers are taken as values (2 counts as twice 1); if they are classes, find one of them: --positive VALUE`,
        ]
      : []),
    `an example is named by ${entityName(roles)}${time === undefined ? '' : ` and ${time.name}`}`,
    `learns from ${numbers.length} numbers, ${categories.length} texts and ${dates.length} dates`,
    ...leftOut.map(({ name, why }) => `leaves out ${name || 'a column'}: ${why}`),
    ...roles.warnings.map((warning) => `look: ${warning}`),
  ];
  return lines.map((line) => `  ${line}`);
}
