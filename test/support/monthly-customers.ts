import { lcgNumbers } from '../unit/models/support/golden.js';

export type Customer = Record<'customer_id' | 'month' | 'plan' | 'note', string> & {
  age: number | string;
  usage: number | string;
  stays: string;
};

/** How a month differs from the one that the model learned from. */
export interface Month {
  month: string;
  seed: number;
  rows?: number;
  /** The number of the first customer: the same ones every month, unless it is said. */
  first?: number;
  change?: (customer: Customer, chance: () => number) => Customer;
}

/**
 * Customers of one month. Whether one stays hangs on the plan (15 % of basic, 65 % of plus) and grows by 4 points for ten
 * years of age; usage says nothing. Ages lie evenly in 20 to 70, usage in 10 to 100.
 */
export function customersOf({ month, seed, rows = 1000, first = 0, change = (same) => same }: Month): Customer[] {
  const chance = lcgNumbers(seed);
  return Array.from({ length: rows }, (_, at) => {
    const [age, plan, usage] = [20 + Math.floor(chance() * 50), chance() < 0.5 ? 'basic' : 'plus', 10 + 90 * chance()];
    const stays = chance() < (plan === 'basic' ? 0.15 : 0.65) + (age - 20) / 250 ? 'yes' : 'no';
    const customer = {
      customer_id: `C${first + at}`,
      month,
      age,
      plan,
      usage: usage.toFixed(2),
      note: `n ${at}`,
      stays,
    };
    return change(customer, chance);
  });
}

/** As CSV; `columns` in the order in which they are to stand. */
export function csvOf(
  rows: readonly Customer[],
  columns: readonly (keyof Customer)[] = ['customer_id', 'month', 'age', 'plan', 'usage', 'note', 'stays'],
): string {
  return `${[columns.join(','), ...rows.map((row) => columns.map((name) => row[name]).join(','))].join('\n')}\n`;
}
