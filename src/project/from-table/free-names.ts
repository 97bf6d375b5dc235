import { storeColumns } from '../../documents/offline-records.js';
import type { Roles, TableColumn } from './roles.js';

/**
 * Columns that are called as the feature store calls its own get another name in the project; `from` is the one that they
 * have in the table. That is said among the warnings.
 */
export function withFreeNames(roles: Roles): Roles {
  const { target, entity, time, numbers, categories, dates } = roles;
  const all = [target, entity, time, ...numbers, ...categories, ...dates].filter((one) => one !== undefined);
  const taken = new Set([...all.map(({ name }) => name.toLowerCase()), ...storeColumns]);
  const renamed = new Map<TableColumn, TableColumn>();
  for (const column of all) {
    const { name } = column;
    if (!isOfStore(name) || (column === entity && name === 'record_id')) continue;
    let free = `${name}_`;
    while (taken.has(free.toLowerCase())) free += '_';
    taken.add(free.toLowerCase());
    renamed.set(column, { ...column, name: free, from: name });
  }
  const called = <T extends TableColumn | undefined>(column: T) =>
    (column === undefined ? undefined : (renamed.get(column) ?? column)) as T;
  const said = [...renamed.values()].map(
    ({ name, from }) =>
      `${from!} is called ${name} in features.sql: the feature store has a column of that name itself`,
  );
  return {
    ...roles,
    ...{ target: called(target), entity: called(entity), time: called(time) },
    ...{ numbers: numbers.map(called), categories: categories.map(called), dates: dates.map(called) },
    warnings: [...roles.warnings, ...said],
  };
}

const isOfStore = (name: string): boolean => storeColumns.some((own) => own === name.toLowerCase());
