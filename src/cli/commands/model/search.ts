import type { Command } from 'commander';
import { showSearch } from '../../../operations/models/show-search.js';
import type { Act } from '../../command-runner.js';
import { perform } from '../../perform.js';
import { boardText } from './board-text.js';

export function addSearch(program: Command, act: Act): void {
  program
    .command('search')
    .description('searches for parameters: "search" of a candidate in mlops.json')
    .command('show')
    .description('the leaderboard of a search')
    .argument('[candidate]', 'which candidate (default: the one that is searched)')
    .action(
      act(async (workspace, [candidate], flags) => {
        const board = await perform(workspace, showSearch, { candidate: candidate as string | undefined }, flags);
        workspace.output.result(board, () => boardText(board));
      }),
    );
}
