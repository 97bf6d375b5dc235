import * as z from 'zod';
import {
  BrokenError,
  CancelledError,
  DamagedFile,
  ExitCode,
  InputError,
  messageOf,
  MissingRight,
  NoSuchObject,
  ParameterError,
  PartError,
  ProjectFileError,
  RefusedError,
  SignInExpired,
  UntrustedCommand,
  WorkbenchError,
  WrongInput,
} from '../../common/errors.js';

/** What an error knows besides its words, on its way between processes and threads. */
export const errorAboutSchema = z.discriminatedUnion('kind', [
  z.looseObject({
    ...{ kind: z.literal('wrong-input'), file: z.string(), line: z.number().optional() },
    ...{ column: z.string().optional(), found: z.string(), expected: z.string() },
  }),
  z.looseObject({ kind: z.literal('no-such-object'), missing: z.string() }),
  z.looseObject({
    ...{ kind: z.literal('project-file'), file: z.string() },
    ...{ line: z.number().optional(), column: z.number().optional() },
  }),
  z.looseObject({ kind: z.literal('parameter'), parameter: z.string(), word: z.string().optional() }),
  z.looseObject({
    ...{ kind: z.literal('part'), part: z.string(), says: z.string() },
    parameter: z.string().optional(),
  }),
  z.looseObject({ kind: z.literal('damaged-file'), file: z.string(), found: z.string(), helps: z.string() }),
  z.looseObject({ kind: z.literal('missing-right'), action: z.string() }),
  /** `profile` is null for the standard chain without one. */
  z.looseObject({ kind: z.literal('sign-in-expired'), profile: z.string().nullable() }),
  z.looseObject({ kind: z.literal('untrusted-command'), what: z.string(), command: z.array(z.string()) }),
]);
export type ErrorAbout = z.infer<typeof errorAboutSchema>;

/** An error as plain data, which survives the way between processes and threads. */
// An interface is no record to TypeScript, which run.json's field is.
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
export type PlainError = {
  message: string;
  exitCode: number;
  /** The message without its place. */
  brief?: string;
  about?: ErrorAbout;
};

export function plainError(error: unknown): PlainError {
  const message = messageOf(error);
  if (!(error instanceof WorkbenchError)) return { message, exitCode: ExitCode.broke };
  const about = aboutOf(error);
  return {
    ...{ message, exitCode: error.exitCode },
    ...(error.brief === message ? {} : { brief: error.brief }),
    ...(about === undefined ? {} : { about }),
  };
}

function aboutOf(error: WorkbenchError): ErrorAbout | undefined {
  if (error instanceof WrongInput) return { kind: 'wrong-input', ...error.at };
  if (error instanceof NoSuchObject) return { kind: 'no-such-object', missing: error.missing };
  if (error instanceof ProjectFileError) return { kind: 'project-file', file: error.file, ...error.at };
  if (error instanceof ParameterError)
    return { kind: 'parameter', parameter: error.parameter, ...(error.word === undefined ? {} : { word: error.word }) };
  if (error instanceof PartError) {
    const { part, says, parameter } = error;
    return { kind: 'part', part, says, ...(parameter === undefined ? {} : { parameter }) };
  }
  if (error instanceof DamagedFile)
    return { kind: 'damaged-file', file: error.file, found: error.found, helps: error.helps };
  if (error instanceof MissingRight) return { kind: 'missing-right', action: error.action };
  if (error instanceof SignInExpired) return { kind: 'sign-in-expired', profile: error.profile ?? null };
  if (error instanceof UntrustedCommand)
    return { kind: 'untrusted-command', what: error.what, command: [...error.command] };
  return undefined;
}

/** The error again, of the class that others steer by, with the same words. */
export function errorFrom({ message, exitCode, brief = message, about }: PlainError): WorkbenchError {
  const error = about === undefined ? ofExitCode(message, exitCode) : ofAbout(message, about);
  return Object.assign(error, { message, brief });
}

function ofAbout(message: string, about: ErrorAbout): WorkbenchError {
  switch (about.kind) {
    case 'wrong-input': {
      const { kind: _kind, ...at } = about;
      return new WrongInput(at);
    }
    case 'no-such-object':
      return new NoSuchObject(message, about.missing);
    case 'project-file':
      return new ProjectFileError(message, about.file, {
        at:
          about.line === undefined
            ? undefined
            : { line: about.line, ...(about.column === undefined ? {} : { column: about.column }) },
      });
    case 'parameter':
      return new ParameterError(message, about.parameter, about.word);
    case 'part':
      return new PartError(about.part, about.says, { parameter: about.parameter });
    case 'damaged-file':
      return new DamagedFile(about.file, about.found, about.helps);
    case 'missing-right':
      return new MissingRight(message, about.action);
    case 'sign-in-expired':
      return new SignInExpired(message, about.profile ?? undefined);
    case 'untrusted-command':
      return new UntrustedCommand(message, about.what, about.command);
  }
}

function ofExitCode(message: string, exitCode: number): WorkbenchError {
  switch (exitCode) {
    case ExitCode.wrongInput:
      return new InputError(message);
    case ExitCode.refused:
      return new RefusedError(message);
    case ExitCode.cancelled:
      return new CancelledError(message);
    case ExitCode.broke:
      return new BrokenError(message);
    default:
      return new WorkbenchError(message, exitCode as ExitCode);
  }
}
