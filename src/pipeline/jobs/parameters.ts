import { InputError } from '../../common/errors.js';
import { jobVariables } from '../../documents/job.js';
import { localEnvironment } from '../../project/environments.js';
import { featureGroupName, modelGroupName } from '../../project/names.js';
import { parseRule } from '../../project/rules/rule.js';
import type { Project, ProjectFile } from '../../project/schema.js';
import type { RunOptions } from '../stage.js';

type Variables = Record<string, string | undefined>;

/** What a job was asked to do, as far as its environment variables say it. */
export function optionsOf(variables: Variables): RunOptions {
  return {
    sources: {},
    force: flag(variables, jobVariables.force),
    acceptPartial: flag(variables, jobVariables.acceptPartial),
    forceRetrain: flag(variables, jobVariables.forceRetrain),
    forceSkipRetrain: flag(variables, jobVariables.forceSkipRetrain),
    reason: variables[jobVariables.reason] ?? null,
  };
}

/**
 * The project with what its execution was given: bucket, endpoint and target recall take the place of what
 * `mlops.json` says. Credentials are the container's own, so a profile of somebody's machine is left out.
 * @throws InputError for names of groups that are not the project's, and for an environment that is not there
 */
export function withParameters(project: Project, variables: Variables): { project: Project; environment: string } {
  const environment = variables[jobVariables.environment];
  if (environment === undefined)
    throw new InputError(`job: ${jobVariables.environment}: found nothing, expected an environment of mlops.json`);
  const { file } = project;
  checkGroups(file, variables);
  const name = variables[jobVariables.endpoint] ?? file.endpoint.name;
  const recall = variables[jobVariables.targetRecall];
  const changed: ProjectFile = {
    ...(recall === undefined ? file : withRecall(file, recall)),
    endpoint: { ...file.endpoint, name },
    environments: environmentsOf(file, environment, variables),
  };
  return { project: { ...project, file: changed }, environment };
}

function flag(variables: Variables, name: string): boolean {
  const text = variables[name] ?? 'false';
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  throw new InputError(`job: ${name}: found "${text}", expected true or false`);
}

function environmentsOf(file: ProjectFile, name: string, variables: Variables): ProjectFile['environments'] {
  const { [jobVariables.bucket]: bucket, [jobVariables.image]: image } = variables;
  // An account that mlops.json does not know: region and credentials are the container's own.
  const found = file.environments[name] ?? (bucket === undefined ? undefined : { kind: 'aws' as const });
  if (found === undefined || name === localEnvironment) return file.environments;
  return {
    ...file.environments,
    [name]: { ...found, profile: undefined, bucket: bucket ?? found.bucket, image: image ?? found.image },
  };
}

function checkGroups({ name }: ProjectFile, variables: Variables): void {
  const fixed = [
    [jobVariables.groupTrain, featureGroupName(name, 'train')],
    [jobVariables.groupValidation, featureGroupName(name, 'validation')],
    [jobVariables.groupProduction, featureGroupName(name, 'production')],
    [jobVariables.modelGroup, modelGroupName(name)],
  ] as const;
  for (const [variable, expected] of fixed) {
    const found = variables[variable] ?? expected;
    if (found !== expected) throw new InputError(`job: ${variable}: found ${found}, expected ${expected}`);
  }
}

/** The recall that gates ask for and that the threshold keeps. */
function withRecall(file: ProjectFile, text: string): ProjectFile {
  const target = Number(text);
  if (text.trim() === '' || !(target >= 0 && target <= 1))
    throw new InputError(`job: ${jobVariables.targetRecall}: found "${text}", expected a number from 0 to 1`);
  const { threshold } = file.model;
  return {
    ...file,
    model: { ...file.model, threshold: withKept(threshold, text) },
    monitor: {
      ...file.monitor,
      gates: file.monitor.gates.map((gate) => ({ ...gate, rule: ruleWith(gate.rule, text) })),
    },
  };
}

function withKept(threshold: ProjectFile['model']['threshold'], target: string) {
  return threshold && 'keep' in threshold ? { ...threshold, keep: ruleWith(threshold.keep, target) } : threshold;
}

function ruleWith(rule: string, target: string): string {
  const { figure, operator, limit, slice, estimated } = parseRule(rule);
  if (figure !== 'recall' || estimated || limit.kind !== 'absolute' || slice !== null) return rule;
  return `recall ${operator} ${target}`;
}
