/** Whether this window's project is watched, and by whom. `failing`: duties that could not be done last, each with why. */
export type WatchState =
  | { kind: 'off' }
  | { kind: 'starting'; environment: string }
  | { kind: 'watching'; environment: string; since: string; failing: readonly string[] }
  /** Another process does, and this window waits until it is gone. */
  | { kind: 'elsewhere'; environment: string; pid: number; host: string; since: string; failing: readonly string[] }
  | { kind: 'failed'; environment: string; why: string };
