import type { Note } from './problem.js';
import { partNames } from '../../common/parts.js';
import { endpointUrlProblem } from '../endpoint-url.js';
import { localEnvironment } from '../environments.js';
import type { AwsEnvironment, ProjectFile, Split } from '../schema.js';

/**
 * Shares must be all of the rows; something must be left to learn from. A value of a column may feed two parts that are
 * judged (test rows can stand in for production), never one that a model learns from and another. Where nothing learns
 * here (`learning` is false), any two.
 */
export function checkSplit(split: Split, learning: boolean, note: Note): void {
  if (split.by === 'column') {
    const feeds = new Map<string, string>();
    for (const part of partNames) {
      split[part].forEach((value, index) => {
        const other = feeds.get(value);
        if (other === undefined) feeds.set(value, part);
        else if (learning && (learns(other) || learns(part)))
          note([part, index], `found "${value}", which feeds ${other} already, expected one part`);
      });
    }
    if (split.train.length === 0) note(['train'], 'found an empty list, expected a value that marks rows for training');
    return;
  }
  const sum = partNames.reduce((total, part) => total + split[part], 0);
  if (Math.abs(sum - 1) > 1e-9) {
    note(
      [],
      `found shares that add up to ${Number(sum.toPrecision(6))}, expected train + validation + test + production = 1`,
    );
  }
  if (split.train === 0) note(['train'], 'found 0, expected a share above 0');
}

const learns = (part: string) => part === 'train' || part === 'validation';

/** SageMaker's own rule for endpoint names, so that the same project can go there. */
export function checkEndpoint({ name }: ProjectFile['endpoint'], note: Note): void {
  if (/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/.test(name)) return;
  note(['name'], `found "${name}", expected letters, digits and "-" only, beginning and ending with a letter or digit`);
}

export function checkEnvironments(environments: Record<string, AwsEnvironment>, note: Note): void {
  for (const [name, { endpointUrl, region }] of Object.entries(environments)) {
    const problem = endpointUrl === undefined ? undefined : endpointUrlProblem(endpointUrl);
    if (problem !== undefined) note([name, 'endpointUrl'], problem);
    // It becomes a part of the host's name that calls go to.
    if (region !== undefined && !/^[a-z0-9-]+$/.test(region))
      note([name, 'region'], `found "${region}", expected a region such as "eu-west-1"`);
  }
  if (!Object.hasOwn(environments, localEnvironment)) return;
  note(
    [localEnvironment],
    `found an environment named "${localEnvironment}", expected another name: this one is built in`,
  );
}
