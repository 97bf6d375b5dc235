import { changeUserFile, grantsFile, isOf, readUserFile, type Which } from './user-file.js';

/** Where else than to AWS the calls of an environment may go, signed with its user's credentials. */
export interface Trust extends Which {
  /** As `mlops.json` has it: another address is another decision. */
  endpointUrl: string;
  /** When it was given, ISO 8601. */
  since: string;
}

/** @throws InputError when the file counts for nothing, saying why */
export function isTrusted(which: Which, endpointUrl: string, path = grantsFile()): boolean {
  return readUserFile(path).trusted.some((trust) => isOf(trust, which) && trust.endpointUrl === endpointUrl);
}

/** One address an environment: a new one takes the place of the one before. */
export async function addTrust(trust: Trust, path = grantsFile()): Promise<void> {
  await changeUserFile(path, (file) => ({
    ...file,
    trusted: [...file.trusted.filter((other) => !isOf(other, trust)), trust],
  }));
}

/** Answers what was trusted. */
export async function removeTrust(which: Which, path = grantsFile()): Promise<Trust[]> {
  let gone: Trust[] = [];
  await changeUserFile(path, (file) => {
    gone = file.trusted.filter((trust) => isOf(trust, which));
    return gone.length === 0 ? file : { ...file, trusted: file.trusted.filter((trust) => !isOf(trust, which)) };
  });
  return gone;
}
