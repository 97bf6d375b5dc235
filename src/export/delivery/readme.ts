import type { Delivery } from './served.js';

/** What a README says at its end: what was left out, each with its reason. */
export function leftOut(left: Delivery['left'], nothing: string): string {
  if (left.length === 0) return nothing;
  return ['What is not in it:', '', ...left.map(({ name, why }) => `- \`${name}\`: ${why}.`)].join('\n');
}

/** How the model's artifact comes to lie in `model/`, ready to be served. */
export const modelSteps = [
  'mlops model list                                          # the newest version that is Approved: v1 below',
  'mlops bucket get artifacts/models/v1/model.tar.gz model.tar.gz',
  'mkdir -p model && tar -xzf model.tar.gz -C model',
].join('\n');
