import type { InvokeAnswer } from '../../platform/ports/endpoints.js';
import { reads } from '../operation.js';

export interface Question {
  name: string;
  body: Uint8Array | string;
  contentType: string;
  variant?: string;
}

/** One request to an endpoint; its answer as it came, whatever its status. */
export const invokeEndpoint = reads(
  'endpoints.invoke',
  ({ environment, signal }, { name, ...request }: Question): Promise<InvokeAnswer> =>
    environment.endpoints.invoke(name, request, { signal }),
);
