import assert from 'node:assert/strict';
import { BrokenError } from '../../../../src/common/errors.js';
import { PredictionError } from '../../../../src/serving/failure.js';
import { commandScorer } from '../../../../src/serving/scorers/command/command-scorer.js';
import { usualPatience } from '../../../../src/serving/scorers/command/program.js';
import type { Scorer } from '../../../../src/serving/scorers/scorer.js';

const row = { columns: ['age'], values: [Float64Array.of(40)], rows: 1 };

describe('how long a serving command is waited for, and how much it may say', function () {
  this.timeout(60_000);
  const opened: Scorer[] = [];
  const said: string[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((scorer) => scorer.close()));
    said.length = 0;
  });

  async function scorerOf(how: string, patience: Partial<typeof usualPatience> = {}): Promise<Scorer> {
    const command = [process.execPath, 'test/fixtures/serving-command/misbehaves.mjs', how];
    const scorer = await commandScorer(
      { kind: 'command', command, request: 'csv' },
      { task: 'binary', classes: [] },
      { folder: process.cwd(), packages: '', mayRun: () => undefined, log: (text) => said.push(text) },
      { ...usualPatience, pollMs: 20, ...patience },
    );
    opened.push(scorer);
    return scorer;
  }
  const broke = (words: RegExp) => (error: unknown) => error instanceof PredictionError && words.test(error.message);

  it('ends one that takes connections and never answers GET /ping', async () => {
    await assert.rejects(
      scorerOf('silent', { startMs: 600, pingMs: 100 }),
      (error: unknown) =>
        error instanceof BrokenError && /did not answer GET \/ping on port \d+ .* within 0\.6 sec/.test(error.message),
    );
  });

  it('gives up on an answer that does not come to its end in time', async () => {
    const scorer = await scorerOf('slow', { answerMs: 200 });
    await assert.rejects(scorer.scores(row), broke(/did not answer within 0\.2 seconds/));
  });

  it('reads no more of an answer than any scores have', async () => {
    const scorer = await scorerOf('endless', { mostAnswer: 1e6 });
    await assert.rejects(scorer.scores(row), broke(/answered more than 1\.0 MB/));
  });

  it('starts one that dies with every request three times, and no more', async () => {
    const scorer = await scorerOf('dies');
    const failures: string[] = [];
    for (let request = 0; request < 6; request += 1)
      failures.push(
        await scorer.scores(row).then(
          () => 'scored',
          (error: Error) => error.message,
        ),
      );
    assert.equal(said.filter((line) => line.includes('starting it again')).length, 3);
    assert.match(failures[3]!, /did not answer/);
    for (const late of failures.slice(4)) assert.match(late, /is down: it ended with exit code 3; .* again 3 times/);
  });
});
