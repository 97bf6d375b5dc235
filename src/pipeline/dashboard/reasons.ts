import { messageOf } from '../../common/errors.js';
import { canBeLeftOut } from '../look-at-each.js';

/** Why something cannot be told beside what can. @throws what ends everything, such as an expired sign-in */
export function brief(error: unknown): string {
  if (!canBeLeftOut(error)) throw error;
  return messageOf(error);
}
