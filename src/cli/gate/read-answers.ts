import { readFile } from 'node:fs/promises';
import { InputError, messageOf } from '../../common/errors.js';
import { fileError } from '../../common/files.js';
import type { GateResult, Verdict } from '../../documents/verdict.js';
import type { MonitoringResults } from '../../documents/monitoring.js';
import { recognise } from '../../documents/recognise.js';
import type { GateOutcome } from '../../gates/evaluate.js';
import { productionRules } from '../../gates/production-rules.js';
import { judgeAgain } from '../../pipeline/judging/judge-again.js';
import { figuresOfForeignAnswer, figuresOfForeignResults, judgeForeign } from '../../pipeline/judging/judge-foreign.js';
import { newestResults } from '../../pipeline/stored-results.js';
import { readOverrides } from '../../pipeline/overrides.js';
import type { Workspace } from '../context.js';

/** The rules' answer to one set of results. */
export interface GateAnswer {
  kind: 'gate-answer';
  schemaVersion: 1;
  /** The file, or when the run was. */
  results: string;
  modelVersion: string | null;
  verdict: Verdict;
  gates: GateResult[];
  soft: GateOutcome['soft'];
  /** Gates that judge candidates only. */
  promotionGates: string[];
  /** Rows without a label, where that is recorded. */
  unlabelled: number | null;
  /** What a person must know before trusting the answer. */
  notes: string[];
}

/**
 * Holds the project's rules of now against results: those in files, else the newest of the environment.
 * @throws InputError naming the file, and what it is instead
 */
export async function readAnswers(
  { project, environment }: Workspace,
  files: string[] | undefined,
): Promise<GateAnswer[]> {
  const { waivers } = await readOverrides(environment);
  const { file } = project;
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
    if (results === undefined)
      throw new InputError('gate: found no monitoring results, expected some; run: mlops monitor');
    return [{ ...answer(results.run_timestamp, judgeAgain(file, results, waivers, now)), ...about(results) }];
  }
  return Promise.all(
    files.map(async (name) => {
      const found = recognise(await readJson(name));
      switch (found.kind) {
        case 'monitoring-results': {
          return { ...answer(name, judgeAgain(file, found.document, waivers, now)), ...about(found.document) };
        }
        case 'foreign-results':
          return answer(name, judgeForeign(file, figuresOfForeignResults(found.document), waivers, now));
        case 'foreign-answer':
          return answer(name, judgeForeign(file, figuresOfForeignAnswer(found.document), waivers, now));
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

async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const none = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (none) throw new InputError(`${file}: found no such file, expected monitoring results`, { cause: error });
    throw fileError('read', file, error);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${file}: ${messageOf(error)}; expected monitoring results in JSON`, { cause: error });
  }
}
