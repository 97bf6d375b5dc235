/** What was predicted of one thing, and what became true. */
export interface Judged {
  /** Counts predictions, in their order. */
  place: number;
  id: string | null;
  predicted: string | number;
  truth: string | number;
}

/** What came of a label. `late`: newer predictions fill the window already. */
export type LabelOutcome = 'counted' | 'late' | 'repeated' | 'contradicts' | 'replaced' | 'unknown';

interface Remembered {
  place: number;
  id: string;
  predicted: string | number;
  truth?: string | number;
}

export interface Scoreboard {
  /** A prediction that may get its label later. The same id once more is another prediction, and the one that counts. */
  predicted(place: number, id: string, predicted: string | number): void;
  /** Gives a prediction its label. One that it has stays, unless `replace` says otherwise. */
  label(id: string, truth: string | number, replace: boolean): LabelOutcome;
  /** A prediction whose label came with it. Answers whether it is among the newest. */
  judged(one: Judged): boolean;
  find(id: string): Readonly<Remembered> | undefined;
  /** The newest predictions that have a label, oldest first: accuracy is theirs, whatever order the labels came in. */
  window(): readonly Judged[];
}

/** Predictions and their labels, as many as are remembered; the rest is forgotten, oldest first. */
export function scoreboard({ window: size, remembered: most }: { window: number; remembered: number }): Scoreboard {
  const remembered = new Map<string, Remembered>();
  const window: Judged[] = [];

  function insert(one: Judged): boolean {
    let at = window.length;
    while (at > 0 && window[at - 1]!.place > one.place) at -= 1;
    if (window[at - 1]?.place === one.place) window[at - 1] = one;
    else window.splice(at, 0, one);
    if (window.length <= size) return true;
    return window.shift() !== one;
  }

  return {
    predicted(place, id, predicted) {
      if ((remembered.get(id)?.place ?? -1) >= place) return;
      remembered.delete(id);
      remembered.set(id, { place, id, predicted });
      if (remembered.size > most) remembered.delete(remembered.keys().next().value!);
    },
    label(id, truth, replace) {
      const found = remembered.get(id);
      if (found === undefined) return 'unknown';
      const before = found.truth;
      if (before === truth) return 'repeated';
      if (before !== undefined && !replace) return 'contradicts';
      found.truth = truth;
      const counts = insert({ ...found, truth });
      if (before !== undefined) return 'replaced';
      return counts ? 'counted' : 'late';
    },
    judged: insert,
    find: (id) => remembered.get(id),
    window: () => window,
  };
}

/** The share of predictions that came true, or by how much numbers were off on average; null over nothing. */
export function scoreOf(window: readonly Judged[], numbers: boolean): { accuracy: number | null; mae: number | null } {
  if (window.length === 0) return { accuracy: null, mae: null };
  const mean = (value: (one: Judged) => number) => window.reduce((sum, one) => sum + value(one), 0) / window.length;
  if (numbers)
    return { accuracy: null, mae: mean(({ predicted, truth }) => Math.abs(Number(predicted) - Number(truth))) };
  return { accuracy: mean(({ predicted, truth }) => Number(predicted === truth)), mae: null };
}
