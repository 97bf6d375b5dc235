import { bytesUpTo } from '../../../common/bytes-up-to.js';
import { messageOf } from '../../../common/errors.js';
import type { CommandModel } from '../../../models/bundle/outside-model.js';
import { sizeText } from '../../../common/size-text.js';
import { PredictionError } from '../../failure.js';
import type { Scorer, ScorerPlace } from '../scorer.js';
import { startProgram, usualPatience, type Patience, type Program } from './program.js';
import { scoresIn, type Expected } from './read-answer.js';
import { rowsAtOnce } from './batches.js';
import { bodyOf, type AskedRows } from './request.js';
import { scoresOf, toldIn, type Told } from './told.js';

/** How often a program that died is started again, within so long. */
const restarts = { most: 3, withinMs: 600_000 };

/**
 * A model behind a command that speaks SageMaker's serving contract. It is started at once; when it dies it is started
 * again with the next request, a few times.
 * @throws UntrustedCommand; BrokenError when it does not answer `/ping`
 */
export async function commandScorer(
  { command, request, files }: CommandModel,
  { task, classes }: Pick<Expected, 'task' | 'classes'>,
  place: ScorerPlace,
  patience: Patience = usualPatience,
): Promise<Scorer> {
  place.mayRun(command, 'serve');
  const start = () => startProgram({ command, files }, place, patience);
  let program: Promise<Program> = start();
  await program;
  const began: number[] = [];

  /** The running program; one that died is started anew once, however many ask. */
  async function running(): Promise<Program> {
    const asked = program;
    const found = await asked.catch(() => undefined);
    const gone = found === undefined ? 'it did not start again' : found.gone();
    if (gone === undefined) return found!;
    if (program !== asked) return running();
    const recent = began.filter((at) => Date.now() - at < restarts.withinMs);
    if (recent.length >= restarts.most)
      throw new PredictionError(`the serving command is down: ${gone}; it was started again ${recent.length} times`);
    place.log(`serving command: ${gone}; starting it again`);
    place.mayRun(command, 'serve');
    began.push(Date.now());
    program = start();
    program.catch(() => undefined);
    return running();
  }

  return {
    async scores(table, signal) {
      const answers: Told[] = [];
      for (let from = 0; from < table.rows; from += rowsAtOnce) {
        const to = Math.min(from + rowsAtOnce, table.rows);
        const { url, whyBroken } = await running();
        const asked = bodyOf(request, table, from, to);
        const { text, contentType } = await post(url, asked, patience, signal).catch(async (error: unknown) => {
          if (error instanceof PredictionError || signal?.aborted) throw error;
          throw broken((await whyBroken()) ?? messageOf(error), error);
        });
        const expected = { task, classes, rows: to - from, who: 'the serving command' };
        answers.push(
          place.gaps ? toldIn(text, contentType, expected) : { scores: scoresIn(text, contentType, expected) },
        );
      }
      return scoresOf(answers, table, task === 'multiclass' ? classes.length : 1);
    },
    async close() {
      await program.then(({ stop }) => stop()).catch(() => undefined);
    },
  };
}

const broken = (why: string, cause: unknown) =>
  new PredictionError(`the serving command did not answer: ${why}`, { cause });

async function post(
  url: string,
  { contentType, body }: AskedRows,
  { answerMs, mostAnswer }: Patience,
  given?: AbortSignal,
): Promise<{ text: string; contentType: string }> {
  const limit = AbortSignal.timeout(answerMs);
  const tooMuch = () => new PredictionError(`the serving command answered more than ${sizeText(mostAnswer)}`);
  try {
    const response = await fetch(`${url}/invocations`, {
      method: 'POST',
      headers: { 'content-type': contentType, accept: 'application/json' },
      body,
      signal: given ? AbortSignal.any([given, limit]) : limit,
      redirect: 'error',
    });
    const text = (await bytesUpTo(response.body, mostAnswer, tooMuch)).toString('utf8');
    if (!response.ok)
      throw new PredictionError(`the serving command answered HTTP ${response.status}: ${text.slice(0, 300).trim()}`);
    return { text, contentType: response.headers.get('content-type') ?? '' };
  } catch (error) {
    if (!limit.aborted || given?.aborted) throw error;
    throw new PredictionError(`the serving command did not answer within ${answerMs / 1000} seconds`, { cause: error });
  }
}
