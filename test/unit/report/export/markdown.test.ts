import assert from 'node:assert/strict';
import { evaluationOf } from '../../../../src/report/evaluation/evaluation.js';
import { gatesMarkdown } from '../../../../src/report/export/gates-markdown.js';
import { markdownCell, markdownText } from '../../../../src/report/export/markdown-text.js';
import { markdownOf } from '../../../../src/report/export/markdown.js';
import { reportOf } from '../../../../src/report/monitoring/report.js';
import { evaluation, overrides, plain, results } from '../../../support/documents.js';

describe('report as Markdown', () => {
  const markdown = markdownOf(
    reportOf(results('fail'), {
      ...plain,
      overrides: overrides(),
      decisionNow: { action: 'keep', by: 'override', reason: 'held' },
    }),
  );

  it('begins with answer, figures and decision', () => {
    const [head, , summary, , decision] = markdown.split('\n');
    assert.equal(head, '## ✕ Fail — recall is below its floor');
    assert.match(summary!, /found 15 of 24 positives/);
    assert.match(decision!, /^\*\*Decision:\*\* Keep v3 — held by override/);
  });

  it('warns of the override', () => assert.match(markdown, /> ⚠ Override \*\*forceSkipRetrain\*\* is on until 24 Nov/));

  it('has every gate as a row, figures aligned to the right', () => {
    assert.match(
      markdown,
      /\| +\| Gate \| Level \| Value \| Must be \| Baseline \| n \| Why \|\n\| --- \| --- \| --- \| ---: /,
    );
    assert.match(
      markdown,
      /\| ✕ fail \| recall \| hard \| 0\.625 \| ≥ 0\.70 \| 1\.000 \| 24 \| 95 % interval 0\.43 – 0\.79 \|/,
    );
  });

  it('lets no name break out of its cell or become markup', () => {
    const base = results('fail');
    const columns = [{ ...base.columns[0]!, column: 'a|b <img src=x> [c](d)' }];
    const line = markdownOf(reportOf({ ...base, columns }, plain))
      .split('\n')
      .find((one) => one.includes('img'));
    assert.match(line!, /a\\\|b \\<img src=x> \\\[c\\\]\(d\)/);
  });

  it('lets no backslash in a name undo what holds the markup back', () => {
    assert.equal(markdownCell('\\<img>\r\n\\| x'), '\\\\\\<img> \\\\\\| x');
    const gate = { ...results('fail').gates[0]!, message: 'its gate "<img src=x>" failed' };
    assert.match(gatesMarkdown('fail', [gate]), /\\<img src=x>/);
  });

  it('lets no text of others begin a heading, a quote, a list or a rule', () => {
    for (const text of ['# a', '> a', '- a', '+ a', '* a', '1. a', '2) a', '---', '- - -', '***', '  ## a', '>a', '#'])
      assert.match(markdownText(text), /^\s*\d*\\/, text);
    for (const text of ['#1 of 3', '-0.3 less', '+0.3 more', '1.5 times', '.5', 'a - b'])
      assert.equal(markdownText(text), text);
  });

  it('puts candidates side by side', () => {
    const text = markdownOf(evaluationOf(evaluation(), plain));
    assert.match(text, /\| Figure \| logistic \| ★ lightgbm \|/);
    assert.match(text, /\| recall \| \*\*0\.708\*\* \| 0\.625 \|/);
  });
});
