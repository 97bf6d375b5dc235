/** `count` things from `begin` on. */
export interface Range {
  begin: number;
  count: number;
}

/** Rows of a leaf: `count` row numbers from `begin` on. */
export interface RowRange extends Range {
  rows: Int32Array;
}

/** One call of a kernel's function, by its name. */
export interface KernelCall {
  name: string;
  addresses: number[];
}

/** Threads that have a kernel open over a training's memory. */
export interface Team {
  /** Has each helper make its calls, one list a helper, while the caller does its own part; returns when all are done. */
  work(parts: KernelCall[][], own: () => void): void;
  /** Lets the helpers go; the team is not used after that. */
  leave(): void;
}

/** Threads besides the caller's that help in a training. The caller brings them, for nothing here starts threads. */
export interface Crew {
  helpers: number;
  /** Has every helper open a kernel's module over the memory that it shares with the caller. @param calls in one job, at most */
  open(module: Uint8Array<ArrayBuffer>, memory: WebAssembly.Memory, calls: number): Promise<Team>;
}

/** Shares out calls, the dearest first, so that nobody waits long for another. @returns one list a worker */
export function shareOut(calls: KernelCall[], workers: number): KernelCall[][] {
  if (workers === 1) return [calls];
  const parts = Array.from({ length: workers }, () => ({ cost: 0, calls: [] as KernelCall[] }));
  const dearest = [...calls].sort((a, b) => b.addresses.length - a.addresses.length);
  for (const call of dearest) {
    const least = parts.reduce((best, part) => (part.cost < best.cost ? part : best));
    least.cost += call.addresses.length;
    least.calls.push(call);
  }
  return parts.map((part) => part.calls);
}

/** Cuts `count` things into as many parts as asked for, about equally long; none is empty. */
export function inParts(count: number, parts: number): Range[] {
  const most = Math.min(count, parts);
  const edge = (part: number) => Math.floor((count * part) / most);
  return Array.from({ length: most }, (_, part) => ({ begin: edge(part), count: edge(part + 1) - edge(part) }));
}
