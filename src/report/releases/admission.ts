import type { Admission, AdmissionCheckResult } from '../../documents/releases/admission.js';
import type { PageView, TableBlock } from '../blocks/blocks.js';
import { numberCell, textCell } from '../blocks/cells.js';
import { fact } from '../blocks/facts.js';
import { page, type PageContext } from '../blocks/page.js';
import { formatMoment } from '../format/dates.js';
import type { Answer } from '../view.js';
import { capital } from '../format/words.js';

const answers: Record<AdmissionCheckResult['status'], Answer> = { pass: 'pass', fail: 'fail', waived: 'warn' };

/** The admission gate, check by check. */
export function admissionPage(admission: Admission, context: PageContext): PageView {
  const { endpoint, version, admitted, why, checks, at } = admission;
  return page(context, {
    about: 'admission',
    title: `admission · ${version ?? 'nothing'} on ${endpoint}`,
    answer: admitted ? 'pass' : 'fail',
    headline: `${version ?? 'Nothing'} is ${admitted ? 'admitted' : 'not admitted'}`,
    summary: capital(why),
    facts: [fact('Endpoint', endpoint), fact('When', formatMoment(at))],
    blocks: checks.length === 0 ? [] : [checksTable(checks)],
  });
}

function checksTable(checks: Admission['checks']): TableBlock {
  return {
    type: 'table',
    id: 'checks',
    title: 'Checks',
    columns: [
      { id: 'id', title: 'Check' },
      { id: 'status', title: 'Answer' },
      { id: 'value', title: 'Value', number: true },
      { id: 'limit', title: 'Must be' },
      { id: 'n', title: 'n', number: true },
      { id: 'looks', title: 'Looks at' },
      { id: 'why', title: 'Why', wide: true },
    ],
    rows: checks.map((check) => ({
      id: check.id,
      answer: answers[check.status],
      cells: [
        textCell(check.id),
        { text: check.status, sort: check.status, answer: answers[check.status] },
        check.value === null ? textCell('–') : numberCell(check.value),
        textCell(`${check.operator} ${check.limit}`),
        numberCell(check.n, { decimals: 0 }),
        textCell(check.looksAt),
        textCell(check.why, 200),
      ],
    })),
  };
}
