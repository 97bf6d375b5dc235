import type { Command } from 'commander';
import { InputError, ProjectFileError } from '../../../common/errors.js';
import { oneOf } from '../../../common/nearest.js';
import type { SearchResults } from '../../../documents/search-results.js';
import { readBoard } from '../../../pipeline/search/read-board.js';
import type { Act } from '../../command-runner.js';
import type { Workspace } from '../../context.js';
import { boardText } from './board-text.js';

export function addSearch(program: Command, act: Act): void {
  program
    .command('search')
    .description('searches for parameters: "search" of a candidate in mlops.json')
    .command('show')
    .description('the leaderboard of a search')
    .argument('[candidate]', 'which candidate (default: the one that is searched)')
    .action(
      act(async (workspace, [candidate]) => {
        const board = await boardOf(workspace, candidate as string | undefined);
        workspace.output.result(board, () => boardText(board));
      }),
    );
}

async function boardOf({ project, environment, signal }: Workspace, asked: string | undefined): Promise<SearchResults> {
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
}
