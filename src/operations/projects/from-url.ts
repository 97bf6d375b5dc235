import { basename, resolve } from 'node:path';
import { InputError } from '../../common/errors.js';
import { middleTime } from '../../data/middle-time.js';
import type { TableReading } from '../../data/said-table.js';
import { probeEndpoint } from '../../pipeline/model-files/probe-endpoint.js';
import { endpointUrlProblem } from '../../project/endpoint-url.js';
import type { Given } from '../../project/elsewhere.js';
import { askedInputs, predictionsTexts } from '../../project/from-table/predictions.js';
import type { Understood } from '../../project/from-table/predictions-of.js';
import { withFreeNames } from '../../project/from-table/free-names.js';
import { classNames, rolesOf, type Asked, type Roles } from '../../project/from-table/roles.js';
import { makesFiles } from '../operation.js';
import { inspected, rowsRepeat } from './from-table.js';
import { writeProject } from './write-project.js';

interface FromUrl extends Pick<Asked, 'entity' | 'time' | 'positive' | 'task' | 'without'> {
  /** Where `POST` of rows is answered with predictions. */
  url: string;
  /** Labelled rows as the endpoint takes them, of which the project gets a copy. */
  rows: string;
  /** The project's name, and its folder. */
  dir: string;
  label?: string;
  /** The variable that holds the endpoint's token: `env:NAME`. */
  token?: string;
  /** How rows are sent; default: the first form that it understands. */
  request?: Given['request'];
  /** Whether it may lie in a network of one's own. */
  private?: boolean;
  threshold?: number;
  /** The first day that is judged; default: half of the rows lie before it. */
  referenceUntil?: string;
  reading?: Omit<TableReading, 'format' | 'say'>;
  /** Only says what is understood, and makes nothing. */
  look?: boolean;
}

interface FromUrlMade {
  folder: string;
  /** None where it was only looked at. */
  files: string[];
  task: Roles['task'];
  reference: string;
  request: NonNullable<Given['request']>;
  understood: Understood[];
}

/** A project about an endpoint that is not ours: it is asked for predictions, which are judged as any others. */
export const projectFromUrl = makesFiles(
  'projects.from-url',
  async (at, { url, rows, dir, label, look = false, reading: said = {}, ...asked }: FromUrl): Promise<FromUrlMade> => {
    const problem = endpointUrlProblem(url);
    if (problem !== undefined) throw new InputError(`--url: ${problem}`);
    const { task: wished, entity, time, positive, without = [], threshold } = asked;
    for (const [name, column] of Object.entries({ label, time }))
      if (column === undefined)
        throw new InputError(`init --url: found no --${name}, expected the column of it: --label y --time t`);
    const { table, reading } = await inspected(rows, said, at.progress);
    const plain = rolesOf(table, { target: label!, task: wished, entity, time, positive, without });
    const roles = allSent(withFreeNames({ ...plain, repeats: await rowsRepeat(rows, plain, reading) }), without);
    if (roles.time?.kind !== 'time') throw new InputError(`--time: found no times in column ${time}, expected dates`);
    const inputs = askedInputs(table, roles);
    const renamed = inputs.find(({ from }) => from !== undefined);
    if (renamed !== undefined)
      throw new InputError(
        `--sample-rows: found column ${renamed.from}, a name of the feature store's own, expected another one`,
      );
    const classes = roles.task === 'multiclass' ? classNames(roles.target).sort() : [];
    const { token, request, private: isPrivate } = asked;
    const endpoint = { url, ...(token && { token }), ...(isPrivate && { private: true }) };
    const names = new Set(inputs.map(({ name }) => name));
    const others = table.columns.map(({ name }) => name).filter((name) => !names.has(name));
    const sample = { file: rows, reading, inputs, others, task: roles.task, classes };
    const answered = await probeEndpoint({ ...endpoint, request }, sample, at);
    checkScores(roles.task, answered.scores, threshold);
    const reference = asked.referenceUntil ?? (await middleTime(rows, roles.time.from ?? roles.time.name, reading));
    const folder = resolve(dir);
    const predictions = { roles, scale: 'probability' as const, threshold, understood: [] };
    const texts = predictionsTexts(basename(folder), basename(rows), table, predictions, {
      ...{ from: reference, reading },
      asked: { ...endpoint, request: answered.request, ...(threshold !== undefined && { threshold }) },
    });
    const files = look ? [] : await writeProject(folder, rows, texts);
    const understood = understoodOf(roles, inputs, answered);
    return { folder, files, task: roles.task, reference, request: answered.request, understood };
  },
);

/** What the endpoint learned from is its own affair: every column is sent, also one that a model of ours would leave out. */
function allSent(roles: Roles, without: readonly string[]): Roles {
  const left = roles.leftOut.filter(({ name }) => name !== '' && !without.includes(name)).map(({ name }) => name);
  if (left.length === 0) return roles;
  throw new InputError(
    `--sample-rows: found ${left.join(', ')}, which cannot be sent as a number, a word or a date; leave out what the endpoint does not take: --without ${left.join(' ')}`,
  );
}

/** What is no probability is acted on from some score on, and only its user knows which. */
function checkScores(task: Roles['task'], scores: readonly number[], threshold: number | undefined): void {
  const other = scores.find((score) => score < 0 || score > 1);
  if (task !== 'binary' || other === undefined || threshold !== undefined) return;
  throw new InputError(
    `--url: found the score ${other}, which is no probability, expected to be told from which score on a row counts as predicted: --threshold`,
  );
}

function understoodOf(
  { task, target, positive, entity, time }: Roles,
  inputs: readonly { name: string }[],
  { request, scores }: { request: string; scores: readonly number[] },
): Understood[] {
  const shown = scores
    .filter((score) => !Number.isNaN(score))
    .slice(0, 3)
    .map((score) => Number(score.toPrecision(3)));
  const counts = positive === undefined ? '' : `; "${positive}" counts as 1`;
  return [
    {
      text: `it understands rows as "${request}", and answers ${shown.join(', ')}${task === 'multiclass' ? ' (places of classes)' : ''}`,
    },
    { text: `${task}: ${target.name} is what came of it${counts}`, otherwise: 'else: --label, --task' },
    { text: `it is sent ${inputs.map(({ name }) => name).join(', ')}`, otherwise: 'what it does not take: --without' },
    {
      text: `rows are named by ${entity?.name ?? 'their number'}, at ${time!.name}`,
      otherwise: 'else: --entity, --time',
    },
  ];
}
