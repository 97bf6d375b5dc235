import assert from 'node:assert/strict';
import { fitted, type Item } from '../../../../src/vscode/tree-item.js';
import { tooltipOf } from '../../../../src/vscode/trees/tooltip.js';
import { now } from '../support.js';

const line = (parts: Partial<Item>): Item => ({ id: 'a', label: 'Train', icon: 'pass', ...parts });
const drawn = (parts: Partial<Item>) => tooltipOf(line(parts), 'Europe/Berlin', now);

describe('a description beside its label', () => {
  const of = (label: string, description: string) => fitted({ label, description });
  it('stays whole where it fits', () => {
    assert.equal(of('Train', 'v3 · ROC AUC 0.915 · 2 min ago'), 'v3 · ROC AUC 0.915 · 2 min ago');
  });

  it('keeps what it begins with, then its age, then what there is room for', () => {
    assert.equal(of('churn', 'in service · v1 · not proven · 2 min ago'), 'in service · v1 · 2 min ago');
  });

  it('is cut, and says so, where not even its first part fits', () => {
    assert.equal(of('Train', 'no column smart_19_raw in the table of drives'), 'no column smart_19_raw in the…');
  });
});

describe('a tooltip of a line', () => {
  it('tells moments in the time of whoever looks, with its zone', () => {
    assert.equal(
      drawn({ facts: [['Finished', { at: '2026-11-21T09:31:00Z' }]] }).markdown,
      '**Train**  \nFinished: 21 Nov 10\\:31 CET',
    );
  });

  it('says what the description had no room for', () => {
    const description = 'failed · no column smart_19_raw in any table · 2 min ago';
    assert.match(drawn({ description }).markdown, /no column smart\\_19\\_raw in any table/);
    assert.doesNotMatch(drawn({ description: 'v3' }).markdown, /v3/);
  });

  it('makes nothing of what names and messages hold', () => {
    const { markdown, commands } = drawn({ tooltip: '[x](command:mlops.run) <img src=a> ![](http://a)' });
    assert.doesNotMatch(markdown, /(?<!\\)[[\]()<>!]/);
    assert.deepEqual(commands, []);
  });

  it('leads only to the commands that it offers, with the line itself', () => {
    const { markdown, commands } = drawn({ links: [{ label: 'Open report', click: 'mlops.openReport' }] });
    assert.deepEqual(commands, ['mlops.openReport']);
    const [, words] = /command:mlops\.openReport\?([^)]*)\)$/.exec(markdown)!;
    assert.deepEqual(JSON.parse(decodeURIComponent(words!)), [{ id: 'a', label: 'Train', icon: 'pass' }]);
  });
});
