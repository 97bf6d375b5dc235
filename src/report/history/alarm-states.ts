import type { AlarmDocument } from '../../documents/alarm.js';
import type { ChartBlock } from '../blocks/blocks.js';
import { stateAnswers, stateWords } from '../format/alarm-words.js';

interface Range {
  from: string;
  to: string;
}

/** In which state an alarm was when, within a stretch of time; changes come newest first. */
export function statesOver(
  { state, history }: Pick<AlarmDocument, 'state' | 'history'>,
  { from, to }: Range,
): NonNullable<ChartBlock['states']> {
  const changes = [...history].reverse();
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const within = changes.filter(({ at }) => Date.parse(at) > begin && Date.parse(at) < end);
  const before = changes.findLast(({ at }) => Date.parse(at) <= begin);
  const first = before?.to ?? within[0]?.from ?? state;
  const marks = [{ at: begin, to: first }, ...within.map(({ at, to: became }) => ({ at: Date.parse(at), to: became }))];
  return marks.map(({ at, to: became }, place) => ({
    ...{ from: at, to: marks[place + 1]?.at ?? end },
    ...{ answer: stateAnswers[became], text: stateWords[became] },
  }));
}
