import type { JudgedAlarm } from '../project/alarms/alarm-schema.js';
import type { Answer, Slot } from './judge-window.js';

const operatorWords: Record<JudgedAlarm['operator'], string> = {
  '>=': 'at least',
  '>': 'above',
  '<': 'below',
  '<=': 'at most',
};
const missingWords: Record<JudgedAlarm['missing'], string> = {
  missing: 'and there are too few to judge',
  ignore: 'and the state stays',
  breaching: 'and a missing one counts as breaching',
  notBreaching: 'and a missing one counts as healthy',
};

/** Why an alarm is in its state: "2 of the last 3 datapoints were at least 80 (91.2 at 12:00, 85 at 12:05), 2 needed". */
export function reasonOf(definition: JudgedAlarm, answer: Answer, slots: readonly (Slot | null)[]): string {
  const { judged, filled } = answer;
  const needed = definition.datapointsToAlarm ?? definition.evaluationPeriods;
  if (answer.tooEarly > 0 && definition.missing === 'breaching' && answer.state === 'INSUFFICIENT_DATA') {
    const periods = `${definition.evaluationPeriods} periods of ${spanWords(definition.period)}`;
    return `too new to be judged: ${definition.evaluationPeriods - answer.tooEarly} of ${periods} have passed`;
  }
  if (judged.length === 0) {
    return `no datapoint in the last ${spanWords(slots.length * definition.period)}, ${missingWords[definition.missing]}`;
  }
  const breaching = judged.filter((slot) => slot.breaching);
  const limit = `${operatorWords[definition.operator]} ${definition.threshold.toLocaleString('en-US')}`;
  const shown = (breaching.length > 0 ? breaching : judged.slice(-1)).map(said).join(', ');
  const head =
    judged.length === 1
      ? `the only datapoint was ${breaching.length === 1 ? '' : 'not '}${limit}`
      : `${breaching.length} of the last ${judged.length} datapoints ${breaching.length === 1 ? 'was' : 'were'} ${limit}`;
  const gap = filled === 0 || answer.state === 'OK' ? '' : `; ${filled} missing, ${gapWords(definition, answer)}`;
  return `${head} (${breaching.length > 0 ? shown : `latest ${shown}`}), ${needed} needed${gap}`;
}

function spanWords(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`;
  return `${Math.round(seconds / 60)} minutes`;
}

function gapWords(definition: JudgedAlarm, answer: Answer): string {
  const early = definition.missing === 'missing' && answer.state === 'ALARM';
  return early ? 'and nothing healthy since' : missingWords[definition.missing];
}

function said({ value, at }: Slot): string {
  return `${Number(value.toPrecision(6)).toLocaleString('en-US')} at ${new Date(at).toISOString().slice(11, 16)}`;
}
