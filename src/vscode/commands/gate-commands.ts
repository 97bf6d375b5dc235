import { dateFlag, startOfDay } from '../../common/dates.js';
import { showTrend } from '../../operations/batches/trend.js';
import { backtestGates, type Period } from '../../operations/gates/backtest.js';
import { evaluateGates } from '../../operations/gates/evaluate.js';
import type { PagePanels } from '../report/page-panels.js';
import type { Session } from '../session/session.js';
import { resultsOf, saidIn } from './arguments.js';
import { dayFromNow, problemOfDay } from './days.js';
import { perform } from '../session/perform.js';
import { askText } from './questions.js';
import type { Handlers } from './register.js';

type GateCommands = Pick<Handlers, 'mlops.evaluateGates' | 'mlops.backtestGates' | 'mlops.showTrend'>;

/** The rules of mlops.json held against what is stored, and what they said over time: nothing is run or written. */
export function gateCommands(session: Session, pages: PagePanels): GateCommands {
  return {
    'mlops.evaluateGates': async (argument) => {
      const current = session.require();
      const key = resultsOf(argument);
      const results = key === undefined ? undefined : [key];
      const [answer] = (await perform(current, evaluateGates, { results }, 'Evaluating gates')) ?? [];
      if (answer === undefined) return undefined;
      const where = `${current.environment.name} gates ${key ?? ''}`;
      pages.show(where, 'gates now', () => Promise.resolve(answer));
      return answer;
    },
    'mlops.backtestGates': async (argument) => {
      const current = session.require();
      const said = saidIn<Pick<Period, 'since' | 'settings'>>(argument);
      const since = said.since ?? (await askSince());
      const settings = since && (said.settings ?? (await askSettings()));
      if (!since || !settings) return undefined;
      const period = { since: startOfDay(dateFlag('since', since)), until: null, settings };
      const backtest = await perform(current, backtestGates, period, 'Judging the history again');
      if (backtest === undefined) return undefined;
      pages.show(`${current.environment.name} backtest`, 'gate backtest', () => Promise.resolve(backtest));
      return backtest;
    },
    'mlops.showTrend': async () => {
      const current = session.require();
      const trend = await perform(current, showTrend, undefined, 'Reading what was judged');
      if (trend === undefined) return undefined;
      pages.show(`${current.environment.name} trend`, 'gate trend', () => Promise.resolve(trend));
      return trend;
    },
  };
}

function askSince(): Thenable<string | undefined> {
  return askText({
    title: 'Backtest the gates (1/2)',
    prompt: 'From which day on?',
    value: dayFromNow(-90),
    problem: problemOfDay,
  });
}

async function askSettings(): Promise<string[] | undefined> {
  const text = await askText({
    title: 'Backtest the gates (2/2)',
    prompt: 'Rules as they might be, such as recall.threshold=0.7 (empty: as they are)',
  });
  return text?.split(/[\s,]+/).filter((setting) => setting !== '');
}
