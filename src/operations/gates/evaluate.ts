import { InputError } from '../../common/errors.js';
import type { GateAnswer } from '../../documents/gates/gate-answer.js';
import type { MonitoringResults } from '../../documents/monitoring.js';
import type { GateOutcome } from '../../gates/evaluate.js';
import { productionRules } from '../../gates/production-rules.js';
import { adoptedBaseline } from '../../pipeline/judging/adopted-baseline.js';
import { judgeAgain } from '../../pipeline/judging/judge-again.js';
import { figuresOfForeignRun, judgeForeign } from '../../pipeline/judging/judge-foreign.js';
import { newestForeignRun } from '../../pipeline/foreign-runs.js';
import { newestResults } from '../../pipeline/stored-results.js';
import { readOverrides } from '../../pipeline/overrides.js';
import { reads, type At } from '../operation.js';
import { readGivenDocument } from './given-document.js';

/**
 * Holds the project's rules of now against results: those in files or objects, else the newest of the environment: our own where there are
 * any, else another system's.
 * @throws InputError naming the file, and what it is instead
 */
export const evaluateGates = reads('gates.evaluate', (at, { results }: { results: string[] | undefined }) =>
  readAnswers(at, results),
);

async function readAnswers({ project, environment }: At, files: string[] | undefined): Promise<GateAnswer[]> {
  const { waivers } = await readOverrides(environment);
  const { file, folder } = project;
  const baseline = await adoptedBaseline(folder);
  const now = new Date();
  const answer = (results: string, { verdict, gates, soft }: GateOutcome): GateAnswer => ({
    kind: 'gate-answer',
    schemaVersion: 1,
    results,
    modelVersion: null,
    verdict,
    gates,
    soft,
    promotionGates: productionRules(file.monitor.gates).promotionGates,
    unlabelled: null,
    notes: [],
  });
  if (files === undefined) {
    const results = (await newestResults(environment))?.results;
    if (results !== undefined) {
      return [{ ...answer(results.run_timestamp, judgeAgain(file, results, waivers, now)), ...about(results) }];
    }
    const foreign = await newestForeignRun(environment);
    if (foreign === undefined)
      throw new InputError('gate: found no monitoring results, expected some; run: mlops monitor');
    return [answer(foreign.key, judgeForeign(file, figuresOfForeignRun(foreign.found, baseline), waivers, now))];
  }
  // With it come the forms of every document: what a window that asks for no gates does not load.
  const { recognise } = await import('../../documents/recognise.js');
  return Promise.all(
    files.map(async (name) => {
      const found = recognise(await readGivenDocument(environment, name, 'monitoring results'));
      switch (found.kind) {
        case 'monitoring-results': {
          return { ...answer(name, judgeAgain(file, found.document, waivers, now)), ...about(found.document) };
        }
        case 'foreign-results':
        case 'foreign-answer':
          return answer(name, judgeForeign(file, figuresOfForeignRun(found, baseline), waivers, now));
        case 'raw':
          throw new InputError(`${name}: found no monitoring results, expected some. ${found.reason}`);
        default:
          throw new InputError(`${name}: found a document of kind ${found.kind}, expected monitoring results`);
      }
    }),
  );
}

function about(results: MonitoringResults): Pick<GateAnswer, 'modelVersion' | 'unlabelled' | 'notes'> {
  const { modelVersion, unlabelled = null, notes = [] } = results;
  return { modelVersion, unlabelled, notes };
}
