import type { LabelsAdded } from '../documents/labels-added.js';

/** A line for each batch that labels came to, and one for those that belong to none. */
export function labelsAddedText({ batches, unmatched }: Pick<LabelsAdded, 'batches' | 'unmatched'>): string[] {
  const lines = batches.map(({ name, rows, labelled, added, replaced, same }) =>
    [
      `${name}: ${count(added)} new`,
      ...(replaced > 0 ? [`${count(replaced)} replaced`] : []),
      ...(same > 0 ? [`${count(same)} known before`] : []),
      `${count(labelled)} of ${count(rows)} rows have a label now`,
    ].join(', '),
  );
  return unmatched === 0 ? lines : [...lines, `${count(unmatched)} labels belong to no row of a batch`];
}

const count = (value: number) => value.toLocaleString('en-US');
