import { setTimeout as sleep } from 'node:timers/promises';
import { BrokenError, InputError } from '../../common/errors.js';
import { codeOf } from '../../common/files.js';
import type { AlarmNotice } from '../../documents/watching/notice.js';
import type { Action } from '../../project/alarms/actions-schema.js';
import { bodyFor } from './shapes.js';

type Webhook = Extract<Action, { kind: 'webhook' }>;

/** How patient one is with the other side. */
export interface Patience {
  attempts: number;
  /** Of one attempt. */
  timeoutMs: number;
  /** Before the second attempt; each later one waits twice as long. */
  pauseMs: number;
}
const usual: Patience = { attempts: 3, timeoutMs: 10_000, pauseMs: 1000 };

/** The same for everybody, so it is no secret. */
const pagerDuty = 'https://events.pagerduty.com/v2/enqueue';

/**
 * Sends a notice. Neither the address nor what the other side says is in any message: both may hold a secret.
 * @returns what came of it
 * @throws InputError where a variable is missing or holds no address; BrokenError when nobody took it
 */
export async function sendWebhook(
  webhook: Webhook,
  notice: AlarmNotice,
  signal: AbortSignal,
  variables: NodeJS.ProcessEnv = process.env,
  patience: Patience = usual,
): Promise<string> {
  const address = webhook.url === undefined ? pagerDuty : valueOf(webhook.url, variables);
  const key = webhook.key === undefined ? undefined : valueOf(webhook.key, variables);
  const url = addressIn(address, nameOf(webhook.url ?? ''));
  const body = JSON.stringify(bodyFor(webhook, notice, key));
  for (let attempt = 1; ; attempt += 1) {
    const answer = await post(url, body, patience.timeoutMs, signal);
    if (answer.taken) return `taken with ${answer.said}${attempt === 1 ? '' : ` at attempt ${attempt}`}`;
    signal.throwIfAborted();
    if (!answer.again || attempt === patience.attempts)
      throw new BrokenError(`nobody took it: ${answer.said}${attempt === 1 ? '' : `, ${attempt} attempts`}`);
    await sleep(patience.pauseMs * 2 ** (attempt - 1), undefined, { signal });
  }
}

interface Answer {
  taken: boolean;
  /** Whether another attempt could go better. */
  again: boolean;
  said: string;
}

async function post(url: URL, body: string, timeoutMs: number, signal: AbortSignal): Promise<Answer> {
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      ...{ method: 'POST', body, redirect: 'manual', signal: AbortSignal.any([signal, limit]) },
      headers: { 'content-type': 'application/json' },
    });
    await response.body?.cancel();
    const { ok, status } = response;
    return { taken: ok, again: status >= 500 || status === 429 || status === 408, said: `HTTP ${status}` };
  } catch (error) {
    if (limit.aborted) return { taken: false, again: true, said: `no answer in ${timeoutMs / 1000} s` };
    // Its message may name the address; the code alone does not.
    const code = error instanceof Error ? codeOf(error.cause) : undefined;
    return { taken: false, again: true, said: code ?? 'the connection failed' };
  }
}

const nameOf = (reference: string): string => reference.slice('env:'.length);

function valueOf(reference: string, variables: NodeJS.ProcessEnv): string {
  const value = variables[nameOf(reference)];
  if (value !== undefined && value !== '') return value;
  throw new InputError(`the variable ${nameOf(reference)} is not set where mlops watch runs`);
}

/** A secret goes through no wire that others read; on this machine nobody else listens. */
function addressIn(text: string, name: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHere = url !== undefined && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere)) return url;
  throw new InputError(`the variable ${name} holds no https address`);
}
