import { open } from 'node:fs/promises';
import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { Environment } from '../../platform/ports/environment.js';
import { mostBytes, shownBytes } from '../../report/shown-bytes.js';
import { addressOf, objectScheme, type ObjectAddress } from '../object-address.js';
import { objectUri } from '../object-uri.js';

/** A document's text; `whole` is false where it is so large that only its beginning was read. */
export interface ReadText {
  text: string;
  whole: boolean;
}

/** A JSON document that a report shows, wherever it lies. */
export interface ReportDocument {
  name: string;
  /** Its key in the bucket of a project, as far as that is known: what rows are asked for by. */
  key: string | undefined;
  /** The object that it is; absent for a file. */
  object?: ObjectAddress;
  /** Its bytes as a file, for an editor. */
  uri: () => Promise<vscode.Uri>;
  read: () => Promise<ReadText>;
}

/** Results below such a folder have their rows beside them. */
const resultsKey = /(?:^|\/)(monitoring\/runs\/[^/]+\/monitoring_results\.json)$/;

export function fileDocument(uri: vscode.Uri): ReportDocument {
  if (uri.scheme === objectScheme) return documentAt(addressOf(uri));
  return {
    name: posix.basename(uri.path),
    key: resultsKey.exec(uri.path)?.[1],
    uri: () => Promise.resolve(uri),
    async read() {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > mostBytes && uri.scheme === 'file') return { text: await beginningOf(uri.fsPath), whole: false };
      return { text: textOf(await vscode.workspace.fs.readFile(uri)), whole: true };
    },
  };
}

/** An object of an environment; the environment's own bucket where none is named. */
export function objectDocument(environment: Environment, key: string, bucket = environment.bucket): ReportDocument {
  return documentAt({ environment: environment.name, bucket, key });
}

/** Read through the editor's file system, like everything else that shows objects. */
function documentAt(object: ObjectAddress): ReportDocument {
  const uri = objectUri(object);
  return {
    name: posix.basename(object.member ?? object.key),
    key: object.member === undefined ? object.key : undefined,
    object,
    uri: () => Promise.resolve(uri),
    async read() {
      const { size } = await vscode.workspace.fs.stat(uri);
      const whole = size <= mostBytes;
      const from = whole ? uri : objectUri({ ...object, beginning: true });
      return { text: textOf(await vscode.workspace.fs.readFile(from)), whole };
    },
  };
}

/** An editor writes the authority of a URI in small letters. */
export function isIn({ environment }: ObjectAddress, { name }: Environment): boolean {
  return environment.toLowerCase() === name.toLowerCase();
}

/** Whether it lies in this environment's own bucket, as far as that can be told. */
export function isOwn({ object }: ReportDocument, environment: Environment): boolean {
  return object === undefined || (object.bucket === environment.bucket && isIn(object, environment));
}

const textOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

async function beginningOf(path: string): Promise<string> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(shownBytes), 0, shownBytes, 0);
    return textOf(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
