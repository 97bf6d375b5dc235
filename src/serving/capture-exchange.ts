import type { AskedBody } from './answering/answer-text.js';
import { recordable, recordableText } from './private-input.js';
import type { Service } from './service.js';
import type { ServedVariant } from './traffic.js';

/** An answer, and what goes into the capture with it. */
export interface Sent {
  text: string;
  contentType: string;
  /** Undefined: this request is not among those that are captured. */
  eventId?: string;
  inferenceId?: string;
  customAttributes?: string;
}

/** Hands an exchange to the capture, without what is private in it. */
export function capture(
  service: Service,
  { name, predictor: { bundle } }: ServedVariant,
  { at, contentType, body }: AskedBody,
  { text, contentType: answerType, eventId, inferenceId, customAttributes }: Sent,
): void {
  if (eventId === undefined) return;
  const input = recordable(bundle, { contentType, body });
  // An answer to a record says what was received.
  const output = recordableText(bundle, { contentType: answerType, text });
  if (input === undefined || output === undefined) return;
  service.answered({
    ...{ eventId, at, variant: name, inferenceId, customAttributes },
    input: { contentType, body: input },
    output: { contentType: answerType, body: output },
  });
}
