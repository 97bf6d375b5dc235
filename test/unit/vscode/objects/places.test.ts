import assert from 'node:assert/strict';
import type { Environment } from '../../../../src/platform/ports/environment.js';
import { makePlaces } from '../../../../src/vscode/objects/places.js';
import type { SessionState } from '../../../../src/vscode/session/session.js';

/** A session that says what it finds when a test does. */
function fakeSession() {
  const listeners = new Set<(state: SessionState) => void>();
  const session = {
    state: { kind: 'none' } as SessionState,
    onChange: (listener: (state: SessionState) => void) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
  const find = (state: SessionState) => {
    session.state = state;
    for (const listener of [...listeners]) listener(state);
  };
  return { find, places: makePlaces(session, () => 'found no mlops.json') };
}

function ready(name: string): SessionState {
  const environment = { name } as Environment;
  return { kind: 'ready', folder: '/p', current: { environment } } as unknown as SessionState;
}

describe('the place of an object', () => {
  it('is waited for by an editor that was restored before its project was found', async () => {
    const { find, places } = fakeSession();
    const waiting = places.environmentNamed('prod');
    find(ready('prod'));
    assert.equal((await waiting).name, 'prod');
  });

  it('is only the environment that is open, whatever was open before', async () => {
    const { find, places } = fakeSession();
    find(ready('Prod'));
    assert.equal((await places.environmentNamed('prod')).name, 'Prod');
    find(ready('local'));
    await assert.rejects(places.environmentNamed('prod'), /lies in environment prod, and local is open/);
  });

  it('says why there is none', async () => {
    const { find, places } = fakeSession();
    find({ kind: 'none' });
    await assert.rejects(places.environmentNamed('prod'), /environment prod is not open: found no mlops\.json/);
    find({ kind: 'invalid', folder: '/p', error: new Error('mlops.json, line 3') });
    await assert.rejects(places.environmentNamed('prod'), /line 3/);
  });
});
