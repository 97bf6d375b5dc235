import type { AlarmDocument } from '../../documents/alarm.js';

/** What somebody can do now, a line each; nothing where nothing is wanted. */
export function nextSteps({ state, definition, watcher, rule }: AlarmDocument): string[] {
  const steps = state === 'OK' ? [] : state === 'ALARM' ? whenAlarmed(definition) : whenSilent(definition);
  const others = rule?.kind === 'composite' && state === 'ALARM' ? ['Look at the alarms that it is made of.'] : [];
  const unwatched =
    watcher !== undefined && !watcher.lives
      ? ['Nobody watches on this machine now, so its actions do nothing. Start it: mlops watch.']
      : [];
  return [...(rule?.kind === 'composite' ? others : steps), ...unwatched];
}

function whenAlarmed(definition: AlarmDocument['definition']): string[] {
  const endpoint = definition?.dimensions.EndpointName ?? 'NAME';
  const logs = `Read what it wrote: mlops endpoint logs ${endpoint}.`;
  const back = 'If it began with a release, take that back: mlops release rollback.';
  const metric = definition?.metric ?? '';
  if (metric === 'Invocation5XXErrors') return [logs, back];
  if (metric === 'Invocation4XXErrors')
    return [
      'Callers send what the endpoint refuses; its log says what was found and what is expected.',
      logs,
      `Hold it against its contract: mlops endpoint check ${endpoint} --cases FILE.`,
    ];
  if (metric.endsWith('Latency')) return ['Compare with traffic, CPU and memory: mlops report dashboard.', back, logs];
  if (metric === 'Invocations')
    return [`See whether it runs and where it listens: mlops endpoint show ${endpoint}.`, 'Ask those who call it.'];
  if (metric.endsWith('Utilization'))
    return [
      'See since when, and with how much traffic: mlops report dashboard.',
      'Give it more room, or take load away.',
    ];
  if (/drift|psi/i.test(metric))
    return ['Judge the newest rows: mlops monitor. Its report names the columns that moved farthest.'];
  return ['See what else changed at that time: mlops report dashboard.'];
}

function whenSilent(definition: AlarmDocument['definition']): string[] {
  const endpoint = definition?.dimensions.EndpointName;
  if (endpoint === undefined) return ['See whether whatever writes its metric still runs.'];
  return [`See whether the endpoint runs and is asked: mlops endpoint show ${endpoint}.`];
}
