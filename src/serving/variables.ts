/** A body that was read. */
export interface HeldBody {
  bytes: Uint8Array;
  /** It is no longer needed. */
  release(): void;
}

/** What a handler tells the counting around it. */
export interface Outcome {
  variant: string;
  modelLatency?: number;
}
/** What travels with a request. */
export interface Variables {
  Variables: { outcome?: Outcome; body?: Promise<HeldBody> };
}
