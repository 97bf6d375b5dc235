/** Exit codes of the `mlops` command, the same everywhere (INTERFACE: "Command `mlops`"). */
export const ExitCode = {
  done: 0,
  verdictFail: 1,
  wrongInput: 2,
  inconclusive: 3,
  broke: 4,
  refused: 5,
  cancelled: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export interface PlacedErrorOptions extends ErrorOptions {
  /** Where it went wrong, `environment prod (eu-west-1)`: it stands before the message. */
  place?: string;
}

/** An error that knows which exit code it means and reads as one plain line. */
export class WorkbenchError extends Error {
  /** The message without its place, for a line beside which the place is known. */
  readonly brief: string;
  /** The message, a line each: what a name in it holds begins none. */
  readonly lines: readonly string[];

  constructor(
    message: string | readonly string[],
    readonly exitCode: ExitCode,
    { place, ...options }: PlacedErrorOptions = {},
  ) {
    const brief = typeof message === 'string' ? message : message.join('\n');
    super(place === undefined ? brief : `${place}: ${brief}`, options);
    this.name = new.target.name;
    this.brief = brief;
    this.lines = place === undefined && typeof message !== 'string' ? message : [this.message];
  }
}

/** The user's input is wrong: say which file, where in it, what was found and what is expected. */
export class InputError extends WorkbenchError {
  constructor(message: string | readonly string[], options?: PlacedErrorOptions) {
    super(message, ExitCode.wrongInput, options);
  }
}

/** Where something wrong stands and what it is, as data: what another part must know is read here, never in the message. */
export interface WrongInputAt {
  /** As its user knows it: a file's name, `ARCHIVE: member`, a key. */
  file: string;
  /** Of a workbook: the sheet, in which lines are rows, and the cell (`C7`) where it is about one. */
  sheet?: string;
  cell?: string;
  /** Counts from 1; absent where the fault has no line. */
  line?: number;
  column?: string;
  found: string;
  expected: string;
}

/** A file or document that cannot be read exactly: `days.csv, line 57: found 84 columns, expected 85`. */
export class WrongInput extends InputError {
  constructor(
    readonly at: WrongInputAt,
    options?: PlacedErrorOptions,
  ) {
    super(wrongInputText(at), options);
  }
}

/** `days.csv, line 57`, `sales.xlsx, sheet Data, cell C7` */
export function placeText({ file, sheet, cell, line }: Omit<WrongInputAt, 'found' | 'expected'>): string {
  const within = sheet === undefined ? file : `${file}, sheet ${sheet}`;
  if (cell !== undefined) return `${within}, cell ${cell}`;
  return line === undefined ? within : `${within}, ${sheet === undefined ? 'line' : 'row'} ${line}`;
}

function wrongInputText({ found, expected, column, ...place }: WrongInputAt): string {
  return `${placeText(place)}: found ${found}${column === undefined ? '' : ` in column ${column}`}, expected ${expected}`;
}

/** What was asked for is not there: an object, a file, a resource. `missing` is what was looked for. */
export class NoSuchObject extends InputError {
  constructor(
    message: string,
    readonly missing: string,
    options?: PlacedErrorOptions,
  ) {
    super(message, options);
  }
}

/** Where in a file, both from 1. */
export interface LineAt {
  line: number;
  column?: number;
}

/** A file of the project is wrong at a place, or is what mends it: mlops.json, or SQL that it names. `file` is its name or path. */
export class ProjectFileError extends InputError {
  /** The first place, where there is one. */
  readonly at?: LineAt;

  constructor(
    message: string | readonly string[],
    readonly file: string,
    { at, ...options }: PlacedErrorOptions & { at?: LineAt } = {},
  ) {
    super(message, options);
    if (at !== undefined) this.at = at;
  }
}

/** A parameter of a learner is to blame. */
export class ParameterError extends InputError {
  constructor(
    message: string,
    /** As it was given, or by its own name where only that is known. */
    readonly parameter: string,
    /** The word of its value that is wrong, where the message is about one. */
    readonly word?: string,
    options?: PlacedErrorOptions,
  ) {
    super(message, options);
  }
}

/** A parameter of a name that nobody knows, whatever its value is. */
export class UnknownParameter extends ParameterError {}

/** `parameter "max_bin" is 1, expected at least 2`. */
export class WrongParameter extends ParameterError {
  constructor(
    parameter: string,
    readonly value: unknown,
    readonly expected: string,
    options?: PlacedErrorOptions,
  ) {
    super(`parameter "${parameter}" is ${JSON.stringify(value)}, expected ${expected}`, parameter, undefined, options);
  }
}

/** A part of a candidate is to blame, by its key: `columns`, `search`. */
export class PartError extends InputError {
  readonly parameter: string | undefined;

  constructor(
    readonly part: string,
    /** The message without the part before it. */
    readonly says: string,
    { parameter, ...options }: PlacedErrorOptions & { parameter?: string } = {},
  ) {
    super(`${part}: ${says}`, options);
    this.parameter = parameter;
  }
}

/** It broke: I/O, network, a service. */
export class BrokenError extends WorkbenchError {
  constructor(message: string, options?: PlacedErrorOptions) {
    super(message, ExitCode.broke, options);
  }
}

/** What we stored is there and cannot be read: it is no JSON, or not what its kind says. */
export class DamagedFile extends BrokenError {
  constructor(
    /** A path, or a key of a bucket. */
    readonly file: string,
    readonly found: string,
    /** What makes it anew or does without it, with the command. */
    readonly helps: string,
    options?: PlacedErrorOptions,
  ) {
    super(`${file}: ${found}; ${helps}`, options);
  }
}

/** An account refuses a call for want of a right. */
export class MissingRight extends BrokenError {
  constructor(
    message: string,
    /** The IAM action, `s3:ListBucket`. */
    readonly action: string,
    options?: PlacedErrorOptions,
  ) {
    super(message, options);
  }
}

/** The sign-in is past its time: renewing it helps, trying again does not. */
export class SignInExpired extends BrokenError {
  constructor(
    message: string,
    /** undefined: the standard chain without a profile. */
    readonly profile: string | undefined,
    options?: PlacedErrorOptions,
  ) {
    super(message, options);
  }
}

/** Somebody else wrote meanwhile: what should be replaced is no longer what was read. */
export class ConflictError extends BrokenError {}

/** The guard refused: read-only environment, missing confirmation. */
export class RefusedError extends WorkbenchError {
  constructor(message: string | readonly string[], options?: PlacedErrorOptions) {
    super(message, ExitCode.refused, options);
  }
}

/** A command that its user has not allowed in this folder. */
export class UntrustedCommand extends RefusedError {
  constructor(
    message: string,
    /** What it is for: `train`. */
    readonly what: string,
    readonly command: readonly string[],
    options?: PlacedErrorOptions,
  ) {
    super(message, options);
  }
}

/** Something that works only with a package that is not installed here. */
export class MissingPackage extends InputError {
  constructor(
    readonly missing: string,
    /** The command that installs it. */
    readonly install: string,
    options?: PlacedErrorOptions,
  ) {
    super(`this needs the package ${missing}, which is not installed; run: ${install}`, options);
  }
}

/** The user cancelled. */
export class CancelledError extends WorkbenchError {
  constructor(message = 'cancelled', options?: PlacedErrorOptions) {
    super(message, ExitCode.cancelled, options);
  }
}

/** As `messageOf`, a line each. */
export function linesOfError(error: unknown): readonly string[] {
  return error instanceof WorkbenchError ? error.lines : [messageOf(error)];
}

/** For people. No part of the program steers by it. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
