import type { Action, AlarmMoment } from '../alarms/actions-schema.js';
import type { Note } from './problem.js';

/** What belongs to one shape of a webhook alone, and what none can do without. */
export function checkActions(actions: Record<string, Action>, note: Note): void {
  for (const [name, action] of Object.entries(actions)) {
    const seen = new Set<AlarmMoment>();
    action.on?.forEach((moment, index) => {
      if (seen.has(moment)) note([name, 'on', index], `found "${moment}" twice, expected it once`);
      seen.add(moment);
    });
    if (action.kind !== 'webhook') continue;
    if (action.shape === 'pagerduty') {
      if (action.key === undefined)
        note([name], 'found no "key", expected the variable that holds it: "key": "env:PAGER_KEY"');
    } else {
      if (action.url === undefined)
        note([name], 'found no "url", expected the variable that holds it: "url": "env:HOOK_URL"');
      for (const word of ['key', 'severity'] as const)
        if (action[word] !== undefined) note([name, word], `found "${word}", expected it beside "shape": "pagerduty"`);
    }
  }
}
