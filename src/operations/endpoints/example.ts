import { matchColumns } from '../../project/columns.js';
import { exampleRequest } from '../../pipeline/endpoints/example-request.js';
import { reads } from '../operation.js';
import { mustFind, type Named } from './find.js';

/** A request to begin with: usual values of the served model's inputs; undefined where they are not known. */
export const showExample = reads('endpoints.example', async (at, { name }: Named) => {
  const { environment, project, signal } = at;
  const isPrivate = (column: string) => matchColumns(project.file.private, [column]).length > 0;
  return exampleRequest(environment, await mustFind(at, name), isPrivate, { signal });
});
