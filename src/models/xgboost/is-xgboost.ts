const [brace, quote] = [0x7b, 0x22];
/** Signs that UBJ may have after a brace: the types of a name's length, a count, a type, the end of nothing. */
const ubjSigns = new Set([...'iUIulmL#$'].map((sign) => sign.charCodeAt(0)));
/** XGBoost writes its members in the order of their names, so that the model's comes first. */
const firstMember = /^\{\s*"(learner|Config|version)"\s*:/;

/** Whether bytes begin as a model that XGBoost saved: UBJ, or JSON whose first member is the learner. */
export function isXgboost(bytes: Uint8Array): boolean {
  if (bytes[0] !== brace || bytes.length < 2) return false;
  if (bytes[1] !== quote && ubjSigns.has(bytes[1]!)) return true;
  return firstMember.test(Buffer.from(bytes.subarray(0, 200)).toString('latin1'));
}
