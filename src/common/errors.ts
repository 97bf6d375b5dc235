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

/** An error that knows which exit code it means and reads as one plain line. */
export class WorkbenchError extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The user's input is wrong: say which file, where in it, what was found and what is expected. */
export class InputError extends WorkbenchError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, ExitCode.wrongInput, options);
  }
}

/** A parameter of a name that nobody knows, whatever its value is. */
export class UnknownParameter extends InputError {}

/** It broke: I/O, network, a service. */
export class BrokenError extends WorkbenchError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, ExitCode.broke, options);
  }
}

/** Somebody else wrote meanwhile: what should be replaced is no longer what was read. */
export class ConflictError extends BrokenError {}

/** The guard refused: read-only environment, missing confirmation. */
export class RefusedError extends WorkbenchError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, ExitCode.refused, options);
  }
}

/** The user cancelled. */
export class CancelledError extends WorkbenchError {
  constructor(message = 'cancelled', options?: ErrorOptions) {
    super(message, ExitCode.cancelled, options);
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
