import assert from 'node:assert/strict';
import { mostCharacters, projectFindings } from '../../../../src/project/authoring/project-findings.js';
import { messagesOf } from './messages-table.js';
import { sampleFacts, sampleText } from './sample.js';

/** What a person who types waits for at most, in ms. */
const soon = 500;

describe('mlops.json while it is written', () => {
  const sample = sampleText('mlops.json');
  const messages = messagesOf('mlops.json');

  it('has nothing said of the sample as it is', () => {
    assert.deepEqual(projectFindings(sample, sampleFacts), []);
    assert.ok(messages.length >= 27, `found ${messages.length} lines`);
  });

  for (const { instead, typed, marked, says, offers } of messages)
    it(`marks ${marked} in ${typed}`, () => {
      assert.ok(sample.includes(instead), `the sample has no ${instead}`);
      const text = sample.replace(instead, () => typed);
      const begin = performance.now();
      const findings = projectFindings(text, sampleFacts);
      const took = performance.now() - begin;
      assert.ok(took < soon, `${took} ms`);
      const found = findings.find(({ message }) => message === says);
      assert.ok(found, `found ${JSON.stringify(findings, undefined, 1)}`);
      assert.equal(text.slice(found.from, found.to), marked);
      const [fix] = found.fixes;
      assert.equal(fix?.title ?? '', offers);
      if (fix === undefined || 'command' in fix) return;
      const mended = text.slice(0, fix.from) + fix.text + text.slice(fix.to);
      assert.ok(!projectFindings(mended, sampleFacts).some(({ message }) => message === says), 'it is said still');
    });

  it('says nothing of columns, files and commands while nobody knows them', () => {
    const text = sample.replace('"target": "failure"', '"target": "failur"');
    assert.deepEqual(projectFindings(text), []);
  });

  it('judges columns also where another part cannot be read', () => {
    const text = sample.replace('"target": "failure"', '"target": "failur"').replace('"fail": 2', '"fail": "2"');
    const found = projectFindings(text, sampleFacts).map(({ message }) => message);
    assert.equal(found.length, 2);
    assert.match(found.join('\n'), /no column "failur"/);
  });

  it('marks a name that another project of the workspace has', () => {
    const [found] = projectFindings(sample, { others: [{ name: 'hdd-failure', folder: 'copy' }] });
    assert.match(found!.message, /which copy is called too/);
    assert.equal(sample.slice(found!.from, found!.to), '"hdd-failure"');
  });

  it('marks a class that the last evaluation did not have', () => {
    const text = sample
      .replace('"recall >= 0.70", "minS', () => '"recall{comp9} >= 0.70", "minS')
      .replace('"binary"', '"multiclass"');
    const found = projectFindings(text, { classes: ['comp1', 'comp2', 'no failure'] });
    const one = found.find(({ message }) => message.includes('the class "comp9"'))!;
    assert.equal(text.slice(one.from, one.to), 'comp9');
    assert.equal(one.fixes[0]?.title, 'Change to comp1');
  });

  const many = Math.floor(mostCharacters / 12);
  const hostile: [string, string][] = [
    ['a file of 5 MB', '{'.repeat(5_000_000)],
    ['brackets in brackets', '['.repeat(mostCharacters)],
    ['errors all over', '}{,:'.repeat(mostCharacters / 4)],
    [
      'keys that nobody knows',
      `{${Array.from({ length: many }, (_, at) => `"k${at}": 1`).join(',')}}`.slice(0, mostCharacters),
    ],
    ['one word', `"${'a'.repeat(mostCharacters - 3)}"`],
    ['rules without end', `{"monitor": {"gates": [${'{"rule":"("},'.repeat(many)}]}}`.slice(0, mostCharacters)],
    ['one long rule', `{"monitor":{"gates":[{"id":"a","level":"hard","rule":"null_pct(${'*'.repeat(60)}z) <= 1"}]}}`],
    ['a column of stars', sample.replace('smart_*"]', `${'*'.repeat(200)}x"]`)],
  ];
  for (const [what, text] of hostile)
    it(`is done soon with ${what}`, () => {
      const begin = performance.now();
      const findings = projectFindings(text, sampleFacts);
      assert.ok(performance.now() - begin < 2 * soon, `${performance.now() - begin} ms`);
      assert.ok(findings.length > 0 && findings.length <= 200);
    });
});
