import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ReleaseDocument } from '../../../src/documents/releases/release.js';
import { releasingAccount } from '../../support/releasing-account.js';

describe('a release in an AWS account that is stopped, or whose process is killed', function () {
  this.timeout(120_000);
  const { made, confirmed, ask, start, serving, bake, newestEntry, shifting, kill, setAlarm, endpoint } =
    releasingAccount('interrupted');

  it('ends at once when it is stopped, long before SageMaker had watched it', async () => {
    bake('1h');
    const child = await shifting('v3');
    const ended = once(child, 'close');
    const stopped = await ask('release', 'stop', '--reason', 'support hears complaints');
    assert.equal(stopped.code, 0, stopped.stderr);
    await ended;
    assert.equal(child.exitCode, 1);
    assert.deepEqual(await serving(), ['v1']);
    assert.deepEqual(
      [(await newestEntry()).why, (await endpoint()).EndpointStatus],
      ['support hears complaints', 'InService'],
    );
  });

  it('is not begun again when an alarm took it back while its process was gone', async () => {
    bake('1h');
    await kill(await shifting('v4'));
    const left = JSON.parse((await ask('release', 'status', '--json')).stdout) as object;
    assert.equal((left as { state: string }).state, 'interrupted');
    await setAlarm('ALARM');
    assert.equal((await endpoint()).EndpointStatus, 'InService');
    await setAlarm('OK');
    const goesOn = await start('v4');
    assert.equal(goesOn.code, 1, goesOn.stderr);
    const { takenBack } = JSON.parse(goesOn.stdout) as ReleaseDocument;
    assert.match(takenBack!.why, /the update was not finished or was taken back/);
    assert.deepEqual(await serving(), ['v1']);
  });

  it('goes on after its process was killed, and says promoted when it serves', async () => {
    bake('1m');
    await kill(await shifting('v3'));
    const goesOn = await start('v3');
    assert.equal(goesOn.code, 0, goesOn.stderr);
    assert.deepEqual(await serving(), ['v3']);
  });

  it('goes back to any version by name', async () => {
    const back = await made.project.ask('release', 'rollback', 'v1', '--reason', 'the old one', ...confirmed);
    assert.equal(back.code, 0, back.stderr);
    assert.deepEqual(await serving(), ['v1']);
  });
});
