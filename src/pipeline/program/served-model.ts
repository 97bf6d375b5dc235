import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { InputError } from '../../common/errors.js';
import { sizeText } from '../../common/size-text.js';
import type { ProjectFile } from '../../project/schema.js';
import { tarOf } from '../model-files/artifact.js';
import type { FoundModel } from '../registering/found-model.js';

/** It is stored with the version, and unpacked wherever the program is started. */
const largest = 1e9;

/** What a training program left, with the program that answers for it. @throws InputError for nothing, or too much */
export async function servedModel(
  folder: string,
  { command, request }: NonNullable<NonNullable<ProjectFile['train']>['serve']>,
): Promise<FoundModel> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: Record<string, Uint8Array> = {};
  let size = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    size += bytes.length;
    if (size > largest)
      throw new InputError(`SM_MODEL_DIR: found more than ${sizeText(largest)}, expected a model that can be kept`);
    files[relative(folder, path).replaceAll('\\', '/')] = bytes;
  }
  if (size === 0) throw new InputError('SM_MODEL_DIR: found nothing, expected what train.serve answers for');
  const { bytes } = await tarOf(files);
  return {
    family: 'serving-command',
    model: { kind: 'command', command: [...command], request, files: bytes },
    ...{ names: null, width: null, tasks: null, threshold: 0.5, metadata: {}, notes: [] },
  };
}
