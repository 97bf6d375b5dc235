import { InputError, ProjectFileError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { readBoard } from '../../pipeline/search/read-board.js';
import { reads } from '../operation.js';

/** The leaderboard of a candidate's search; of the one that is searched where none is named. */
export const showSearch = reads(
  'models.show-search',
  async ({ project, environment, signal }, { candidate: asked }: { candidate?: string }) => {
    const { candidates } = project.file.model;
    const searched = candidates.filter(({ search }) => search !== undefined).map(({ name }) => name);
    const name = asked ?? (searched.length === 1 ? searched[0] : undefined);
    if (searched.length === 0 && name === undefined) {
      throw new ProjectFileError(
        'mlops.json: model.candidates: found no "search", expected one in a candidate',
        'mlops.json',
      );
    }
    if (name === undefined) throw new InputError(`search show: found no name, expected ${oneOf('', searched)}`);
    const names = candidates.map((candidate) => candidate.name);
    if (!names.includes(name)) throw new InputError(`search show: found "${name}", expected ${oneOf(name, names)}`);
    const board = await readBoard(environment, name, { signal });
    if (board === undefined) throw new InputError(`search show: found no search of ${name} yet; run: mlops train`);
    return board;
  },
);
