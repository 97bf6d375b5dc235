/** Every context key of ours, with its value before anything is known, so that a `when` clause never meets an unset one. */
export const contextDefaults = {
  /** Then `none`, `several`, `invalid` or `ready`: until it is known, nobody is told that there is none. */
  'mlops.project': 'unknown',
  'mlops.running': false,
  /** There is a verdict. */
  'mlops.judged': false,
  'mlops.readOnly': false,
  /** This window watches the project, or waits until it can. */
  'mlops.watching': false,
  /** The environment lies in an AWS account. */
  'mlops.account': false,
} as const;
export type ContextKey = keyof typeof contextDefaults;
