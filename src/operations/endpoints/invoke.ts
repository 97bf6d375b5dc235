import type { InvokeAnswer } from '../../platform/ports/endpoints.js';
import { reads } from '../operation.js';

export interface Question {
  name: string;
  body: Uint8Array | string;
  contentType: string;
  variant?: string;
  /** Of which classes the answer says what moved their scores: `predicted`, `all`, or names with commas between them. */
  explain?: string;
}

/** One request to an endpoint; its answer as it came, whatever its status. */
export const invokeEndpoint = reads(
  'endpoints.invoke',
  ({ environment, signal }, { name, explain, ...request }: Question): Promise<InvokeAnswer> => {
    // A header holds no letters but ASCII's.
    const customAttributes = explain === undefined ? undefined : `explain=${encodeURIComponent(explain)}`;
    return environment.endpoints.invoke(name, { ...request, customAttributes }, { signal });
  },
);
