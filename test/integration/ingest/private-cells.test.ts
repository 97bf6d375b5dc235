import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../../src/common/errors.js';
import { ingest } from '../../../src/pipeline/stages/ingest.js';
import { writeZip } from '../../support/zips.js';
import { projectFile, workplace } from '../../support/stage-context.js';

const canary = 'CANARY-4711';

describe('a cell of a private column', () => {
  const tables: [string, string, string][] = [
    ['a declared type that it is not of', 'people.csv', `ssn,x\n1,2\n${canary},3\n`],
    ['a declared type in JSON lines', 'people.jsonl', `{"ssn":"1","x":2}\n{"ssn":"${canary}","x":3}\n`],
  ];
  for (const [name, file, text] of tables)
    it(`is told by no error while its source is read: ${name}`, async () => {
      const sources = { people: { files: `data/${file}`, types: { ssn: 'INTEGER' } } };
      const place = workplace(projectFile({ sources, private: ['ss*'] }), {});
      try {
        mkdirSync(join(place.folder, 'data'));
        writeFileSync(join(place.folder, 'data', file), text);
        const error = await place.run(ingest).then(
          () => assert.fail('it was read'),
          (thrown: unknown) => thrown as Error,
        );
        const told = [messageOf(error), String(error.stack), messageOf((error as { cause?: unknown }).cause)].join(
          '\n',
        );
        assert.ok(!told.includes(canary), told);
        assert.ok(messageOf(error).includes(file), messageOf(error));
      } finally {
        place.end();
      }
    });

  const days: [string, string, string, string][] = [
    ['of another type', 'INTEGER', 'latin1', canary],
    ['a fraction', 'INTEGER', 'utf8', '4711.5'],
    ['a date that is none', 'DATE', 'utf8', canary],
  ];
  for (const [name, type, encoding, value] of days)
    it(`is told by no error while a day of an archive is read: ${name}`, async () => {
      const read = { types: { ssn: type, name: 'VARCHAR' }, encoding: encoding === 'latin1' ? 'latin1' : 'utf-8' };
      const sources = { people: { files: 'data/*.zip', format: 'zip-of-csv', partition: 'date', ...read } };
      const place = workplace(projectFile({ sources, private: ['ss*'] }), {});
      try {
        mkdirSync(join(place.folder, 'data'));
        const good = type === 'DATE' ? '2024-01-01' : '1';
        const text = `date,ssn,name\n2024-02-13,${good},Jörg\n2024-02-13,${value},Jörg\n`;
        writeZip(join(place.folder, 'data', 'days.zip'), {
          '2024-02-13.csv': Buffer.from(text, encoding as BufferEncoding),
        });
        const outcome = await place.run(ingest).catch((error: unknown) => messageOf(error));
        const told = [JSON.stringify(outcome), ...place.messages].join('\n');
        assert.ok(!told.includes(value), told);
        assert.match(told, /line 3: found a private value in column ssn/);
      } finally {
        place.end();
      }
    });

  it('is told by no note: one odd value among numbers', async () => {
    const rows = Array.from({ length: 60 }, (_, at) => `${at},${at}`);
    const place = workplace(projectFile({ sources: { people: { files: 'data/people.csv' } }, private: ['ssn'] }), {});
    try {
      mkdirSync(join(place.folder, 'data'));
      writeFileSync(join(place.folder, 'data', 'people.csv'), ['ssn,x', ...rows, `${canary},3`].join('\n'));
      await place.run(ingest);
      const told = place.messages.join('\n');
      assert.match(told, /found a private value, expected numbers/);
      assert.ok(!told.includes(canary), told);
    } finally {
      place.end();
    }
  });
});
