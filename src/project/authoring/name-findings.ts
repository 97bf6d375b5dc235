import { oneOf } from '../../common/nearest.js';
import { valueAt } from '../../common/schema-words.js';
import type { JsoncText } from '../jsonc.js';
import type { Facts } from './facts.js';
import type { Finding } from './finding.js';
import { fixesOf } from './fixes.js';
import { rulesOf } from './rules-of.js';

/** Names that others have, or that nothing has: of projects and of classes. */
export function nameFindings(text: JsoncText, { classes, others = [] }: Facts): Finding[] {
  const name = valueAt(text.value, ['name']);
  const twin = others.find((other) => other.name === name);
  const ofProject: Finding[] =
    twin === undefined
      ? []
      : [
          {
            ...text.rangeOf({ path: ['name'], ...text.placeOf(['name']) }),
            severity: 'warning',
            message: `found "${twin.name}", which ${twin.folder} is called too, expected a name of its own: in an account they would share endpoints`,
            fixes: [],
          },
        ];
  return [...ofProject, ...(classes === undefined ? [] : classFindings(text, classes))];
}

function classFindings(text: JsoncText, classes: readonly string[]): Finding[] {
  return rulesOf(text.value).flatMap(({ rule, text: written, path }) => {
    const { class: named } = rule;
    if (named === null || classes.includes(named)) return [];
    const at = text.placeInString(path, written.indexOf(named, written.indexOf('{')));
    const range = text.rangeOf({ path, ...at });
    const message = `found the class "${named}", expected ${oneOf(named, classes)}`;
    const fixes = fixesOf({ known: classes }, { from: 0, to: named.length }, named);
    return [{ ...range, severity: 'warning', message, fixes: fixes.map((fix) => ({ ...fix, ...range })) }];
  });
}
