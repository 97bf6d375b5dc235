import { InputError } from '../../common/errors.js';
import type { Candidate, Project } from '../../project/schema.js';

/**
 * The project with a training job's hyperparameters in place of the learners' own: `<candidate>.<parameter>`, or the
 * parameter alone where there is one candidate. Values come as texts; what reads as JSON is taken as that. Names that
 * the platform keeps for itself (`sagemaker_…`, `_tuning_…`) are passed over.
 * @throws InputError naming a parameter whose candidate is not there
 */
export function withHyperparameters(project: Project, given: Record<string, string>): Project {
  const own = Object.entries(given).filter(([name]) => !/^(_|sagemaker_)/.test(name));
  if (own.length === 0) return project;
  const { model, train } = project.file;
  // What a project's own program is told, where it is all that trains.
  if (train !== undefined && model.candidates.length === 0) {
    const told = Object.fromEntries(own.map(([name, text]) => [name, valueOf(text)]));
    const hyperparameters = { ...train.hyperparameters, ...told };
    return { ...project, file: { ...project.file, train: { ...train, hyperparameters } } };
  }
  const changed = own.map(([name, text]) => ({ ...target(name, model.candidates), value: valueOf(text) }));
  const candidates = model.candidates.map((candidate) => {
    const mine = changed.filter((change) => change.candidate === candidate.name);
    const parameters = Object.fromEntries(mine.map(({ parameter, value }) => [parameter, value]));
    return { ...candidate, parameters: { ...candidate.parameters, ...parameters } };
  });
  return { ...project, file: { ...project.file, model: { ...model, candidates } } };
}

function target(name: string, candidates: Candidate[]): { candidate: string; parameter: string } {
  const names = candidates.map((candidate) => candidate.name);
  const dot = name.indexOf('.');
  if (dot < 0 && names.length === 1) return { candidate: names[0]!, parameter: name };
  const candidate = name.slice(0, Math.max(dot, 0));
  if (names.includes(candidate)) return { candidate, parameter: name.slice(dot + 1) };
  const expected = names.map((known) => `${known}.<parameter>`).join(' or ');
  throw new InputError(`hyperparameters.json: found "${name}", expected ${expected}`);
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
