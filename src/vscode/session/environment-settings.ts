import type { Environment } from '../../platform/ports/environment.js';

/** Asked at the moment of use, so that what was turned off a moment ago counts. */
export function whyReadOnly(environment: Environment, trusted: boolean): string | undefined {
  if (!trusted) return 'This workspace is not trusted, and what a project runs is code. Trust it first.';
  return environment.readOnly ? (environment.readOnlyBecause ?? 'Its place cannot be written to.') : undefined;
}
