import * as vscode from 'vscode';
import type { Contexts } from '../contexts.js';
import type { EditorServices } from '../editor-services.js';
import type { Changes } from '../session/changes.js';
import type { Current } from '../session/current.js';
import type { Session, SessionState } from '../session/session.js';
import { onSettingChange, userSetting } from '../settings.js';
import type { Told } from './new-alarms.js';
import type { WatchState } from './watch-state.js';

export interface WindowWatcher extends vscode.Disposable {
  readonly state: WatchState;
  readonly onChange: vscode.Event<WatchState>;
  /** What its user wants for this workspace, whatever the setting says of all. */
  wish: (watch: boolean) => Promise<void>;
}

interface Parts {
  session: Session;
  services: Pick<EditorServices, 'runCli'>;
  changes: Changes;
  contexts: Contexts;
  /** Of this workspace. */
  memory: vscode.Memento;
  failed: (error: unknown) => void;
}

const wishKey = 'mlops.watch';
const lookAgainMs = 30_000;
const mostMessages = 2;

/**
 * Watches the open project in its environment while its user wants that and trusts the workspace, by a process that ends
 * with this window. What does it is loaded only then.
 */
export function makeWindowWatcher(parts: Parts): WindowWatcher {
  const { session, contexts, memory, failed } = parts;
  const changed = new vscode.EventEmitter<WatchState>();
  let state: WatchState = { kind: 'off' };
  let running: { folder: string; key: string; abort: AbortController; ended: Promise<void> } | undefined;
  let turn: Promise<void> = Promise.resolve();

  const set = (next: WatchState) => {
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    state = next;
    contexts.set('mlops.watching', next.kind !== 'off');
    changed.fire(next);
  };
  const isWished = () => vscode.workspace.isTrusted && (memory.get<boolean>(wishKey) ?? userSetting('watch'));
  const watchable = (): Current | undefined => {
    return isWished() && session.state.kind === 'ready' ? session.state.current : undefined;
  };
  /** One after the other, so that a watcher is gone before the next begins; each does what is wanted when its turn comes. */
  const follow = () => (turn = turn.then(doWhatIsWanted).catch(failed));
  const doWhatIsWanted = async () => {
    // An mlops.json that cannot be read for a moment begins nothing anew: the watcher tells it, and goes on.
    if (running !== undefined && isWished() && isBroken(session.state, running.folder)) return;
    const current = watchable();
    const key = current && JSON.stringify([current.project.folder, current.environment.name]);
    if (running !== undefined && (running.key !== key || isFailing(state))) {
      running.abort.abort();
      await running.ended;
      running = undefined;
    }
    if (current === undefined || key === undefined) return set({ kind: 'off' });
    if (running !== undefined) return;
    set({ kind: 'starting', environment: current.environment.name });
    const abort = new AbortController();
    const { folder } = current.project;
    running = { folder, key, abort, ended: watch(current, key, parts, set, abort.signal).catch(failed) };
  };

  const wish = async (watch: boolean | undefined) => {
    await memory.update(wishKey, watch);
    await follow();
  };

  const subscriptions = [
    changed,
    session.onChange(() => void follow()),
    // What was said last counts.
    onSettingChange((touched) => touched('watch') && void wish(undefined)),
  ];
  return {
    get state() {
      return state;
    },
    onChange: changed.event,
    wish,
    dispose() {
      running?.abort.abort();
      subscriptions.forEach((one) => void one.dispose());
    },
  };
}

/** The last of it is known for the same environment only: in another that cannot be opened nothing of this one goes on. */
const isBroken = (state: SessionState, folder: string) =>
  state.kind === 'invalid' && state.folder === folder && state.last !== undefined;

/** What opens anew may mend what went wrong: a sign-in, `mlops.json`. */
const isFailing = (state: WatchState) =>
  state.kind === 'failed' || (state.kind === 'watching' && state.failing.length > 0);

async function watch(
  current: Current,
  key: string,
  { services, changes, memory }: Parts,
  set: (state: WatchState) => void,
  signal: AbortSignal,
): Promise<void> {
  const { keepWatching } = await import('./keep-watching.js');
  const { project, environment } = current;
  const toldKey = `mlops.told ${key}`;
  await keepWatching(current, {
    ...{ set, signal },
    nextChange: (until) => nextOf(changes.onChange, lookAgainMs, until),
    told: () => memory.get<Told>(toldKey, {}),
    async tell(messages, told) {
      if (messages.length > 0 || Object.keys(memory.get<Told>(toldKey, {})).length > 0)
        await memory.update(toldKey, told);
      // An endpoint that dies sets off all that it has: one message then.
      if (messages.length > mostMessages) tellAlarms(messages.map(({ alarm }) => alarm));
      else for (const { alarm, text } of messages) tellAlarm(text, { name: alarm, environment: environment.name });
    },
    async runWatcher(until) {
      const place = ['--project', project.folder, '--env', environment.name];
      const words = ['watch', '--until-input-ends', '--quiet', ...place];
      const variables = await environment.forProcess?.();
      const { code, stderr } = await services.runCli(words, { signal: until, variables, endsWithInput: true });
      const said = stderr.trim();
      return said === '' ? `it ended with ${code}` : said.split('\n').at(-1)!;
    },
  });
}

function tellAlarms(alarms: string[]): void {
  const open = 'Show Alarms';
  const named = `${alarms.slice(0, 5).join(', ')}${alarms.length > 5 ? ', …' : ''}`;
  void vscode.window.showWarningMessage(`${alarms.length} alarms went off: ${named}`, open).then((answer) => {
    if (answer === open) void vscode.commands.executeCommand('mlops.alarms.focus');
  });
}

/** Somebody must look: the alarm is one click away. */
function tellAlarm(text: string, alarm: { name: string; environment: string }): void {
  const open = 'Open Alarm';
  void vscode.window.showWarningMessage(text, open).then((answer) => {
    if (answer === open) void vscode.commands.executeCommand('mlops.showAlarm', alarm);
  });
}

function nextOf(event: vscode.Event<unknown>, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      subscription.dispose();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    const subscription = event(end);
    signal.addEventListener('abort', end, { once: true });
  });
}
