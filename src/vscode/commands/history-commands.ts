import { showHistory } from '../../operations/releases/history.js';
import type { PagePanels } from '../report/page-panels.js';
import type { Session } from '../session/session.js';
import { perform } from '../session/perform.js';
import type { Handlers } from './register.js';

/** The ledger as a page. */
export function historyCommands(session: Session, pages: PagePanels): Pick<Handlers, 'mlops.showHistory'> {
  return {
    'mlops.showHistory': async () => {
      const current = session.require();
      const ledger = await perform(current, showHistory, undefined, 'Reading the ledger');
      if (ledger === undefined) return;
      pages.show(`${current.environment.name} history`, 'history', () => Promise.resolve(ledger));
    },
  };
}
