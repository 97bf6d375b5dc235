import * as z from 'zod';
import { shellWord } from '../common/processes/shell-word.js';

/** Steers a terminal or turns the order of what is read around: a command that holds it is not the one that is seen. */
const unseen = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

/** A program and its arguments, each as it is: no shell reads them. */
export const commandSchema = z
  .array(
    z
      .string()
      .min(1)
      .refine((word) => !unseen.test(word), 'text without characters that cannot be seen'),
  )
  .min(1)
  .describe('A program and its arguments, one word each; no shell. It runs once you allowed it: mlops trust.');

/** How rows go to a serving program: CSV without a header; JSON of rows, records, `{"instances": rows}`, or MLflow's. */
export const requestForms = ['csv', 'rows', 'records', 'instances', 'mlflow'] as const;
export type RequestForm = (typeof requestForms)[number];

/** A command that a project would have run, and for what. */
export interface ProjectCommand {
  /** The key of `mlops.json` that names it: `train`. */
  what: string;
  command: string[];
}

/** As a person reads it, and could type it. Two commands with the same text are the same. */
export function commandText(command: readonly string[]): string {
  return command.map(shellWord).join(' ');
}

/** The commands that a project's file names for its stages, in its order, and the addresses that it sends rows to. */
export function commandsOf({ features, train, model }: NamesCommands): ProjectCommand[] {
  const named = { features: features?.command, train: train?.command, 'train.serve': train?.serve?.command };
  const asked = (model?.candidates ?? []).flatMap(({ family, parameters }) => {
    if (family !== 'given' || typeof parameters.url !== 'string') return [];
    return [{ what: 'model', command: askingCommand({ url: parameters.url, token: parameters.token }) }];
  });
  const run = Object.entries(named).flatMap(([what, command]) => (command === undefined ? [] : [{ what, command }]));
  return [...run, ...asked];
}

/** What its user allows before rows, and a secret of theirs, are sent to an address that a project names. */
export const askingCommand = ({ url, token }: { url: string; token?: unknown }): string[] => [
  ...['POST', url],
  ...(typeof token === 'string' ? [token] : []),
];

/** All of them, with those that alarms run: what a person is asked about. */
export function everyCommandOf({ actions, ...file }: NamesCommands & { actions?: Actions }): ProjectCommand[] {
  const ofActions = Object.entries(actions ?? {}).flatMap(([name, action]) =>
    action.command === undefined ? [] : [{ what: `actions.${name}`, command: action.command }],
  );
  return [...commandsOf(file), ...ofActions];
}

/** What makes the features, as messages call it. */
export const featuresOrigin = ({ features }: { features: { sql: string; command?: string[] } }): string =>
  features.command === undefined ? features.sql : 'features.command';

type Actions = Record<string, { kind: string; command?: string[] }>;
interface NamesCommands {
  features?: { command?: string[] };
  train?: { command: string[]; serve?: { command: string[] } };
  model?: { candidates: readonly { family: string; parameters: Record<string, unknown> }[] };
}
