import assert from 'node:assert/strict';
import { actionWords } from '../../../../src/report/format/alarm-words.js';

describe('whom an alarm tells', () => {
  const topic = 'arn:aws:sns:eu-west-1:123456789012:on-call';

  it('is said by the names of its targets', () => {
    assert.equal(actionWords({ actions: { enabled: true, targets: [topic] } }), 'on-call');
  });

  it('is nobody where its actions are turned off or it has none, and is not said where alarms only show', () => {
    assert.equal(
      actionWords({ actions: { enabled: false, targets: [topic] } }),
      'nobody: its actions are turned off (on-call)',
    );
    assert.equal(actionWords({ actions: { enabled: true, targets: [] } }), 'nobody: it has no action');
    assert.equal(actionWords({}), null);
  });
});
