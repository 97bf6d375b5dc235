import type { Disposable } from 'vscode';
import { InputError } from '../../common/errors.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { Session, SessionState } from '../session/session.js';

export interface Places extends Disposable {
  /** The environment that is open, once it is; a window that was just loaded opens it a little later. */
  environmentNamed: (name: string) => Promise<Environment>;
}

/** So long a restored editor waits for its project. */
const patience = 30_000;

/** @throws InputError from `environmentNamed` when another environment is open, or none */
export function makePlaces(
  session: Pick<Session, 'state' | 'onChange'>,
  noProjectText: (state: SessionState) => string,
): Places {
  let known = session.state.kind !== 'none';
  const waiting = new Set<() => void>();
  const settle = () => {
    known = true;
    for (const go of waiting) go();
    waiting.clear();
  };
  const subscription = session.onChange(settle);
  const settled = () =>
    new Promise<void>((done) => {
      if (known) return done();
      const timer = setTimeout(settle, patience);
      waiting.add(() => {
        clearTimeout(timer);
        done();
      });
    });
  return {
    async environmentNamed(name) {
      await settled();
      const { state } = session;
      if (state.kind === 'invalid' && state.last === undefined) throw state.error;
      const shown = state.kind === 'ready' ? state.current : state.kind === 'invalid' ? state.last : undefined;
      if (shown === undefined) throw new InputError(`environment ${name} is not open: ${noProjectText(state)}`);
      const { environment } = shown;
      // An editor writes the authority of a URI in small letters.
      if (environment.name.toLowerCase() === name.toLowerCase()) return environment;
      throw new InputError(
        `this lies in environment ${name}, and ${environment.name} is open; change it with "MLOps: Switch Environment"`,
      );
    },
    dispose: () => void subscription.dispose(),
  };
}
