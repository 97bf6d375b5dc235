import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lcgNumbers } from '../unit/models/support/golden.js';
import { mlops } from './cli.js';
import { temporaryFolder } from './temporary.js';
import type { MadeProject } from './projects.js';

export interface TableProject extends MadeProject {
  /** Puts other text where `found` stands in mlops.json. */
  edit(found: string | RegExp, put: string): void;
  /** The table that it was made from. */
  data: string;
}

/** A small project that `init --from` makes of a table of customers, who stay or not by their plan and age. */
export async function tableProject(rows = 1500): Promise<TableProject> {
  const place = temporaryFolder();
  const [folder, table] = [join(place.path, 'customers'), join(place.path, 'customers.csv')];
  const u = lcgNumbers(3);
  const lines = Array.from({ length: rows }, (_, i) => {
    const [age, plan] = [20 + Math.floor(u() * 50), u() < 0.5 ? 'basic' : 'plus'];
    return `C${i},${age},${plan},${u() < (plan === 'basic' ? 0.05 : 0.6) + age / 250 ? 'yes' : 'no'}`;
  });
  writeFileSync(table, `customer_id,age,plan,stays\n${lines.join('\n')}\n`);
  const made = await mlops(['init', folder, '--from', table, '--target', 'stays', '--positive', 'yes']);
  assert.equal(made.code, 0, made.stderr);
  const file = join(folder, 'mlops.json');
  return {
    folder,
    data: join(folder, 'data', 'customers.csv'),
    edit(found, put) {
      const text = readFileSync(file, 'utf8');
      const changed = text.replace(found, put);
      assert.notEqual(changed, text, `${String(found)} stands in mlops.json`);
      writeFileSync(file, changed);
    },
    async remove() {
      await mlops(['endpoint', 'delete', 'customers', '--project', folder]);
      place.remove();
    },
  };
}
