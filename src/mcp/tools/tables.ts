import * as z from 'zod';
import { describeFeatureGroup } from '../../operations/feature-groups/describe.js';
import { lookAtFeatureGroups } from '../../operations/feature-groups/look.js';
import { queryFeatureGroup } from '../../operations/feature-groups/query.js';
import { looks } from '../tool.js';

const group = z.string().describe('name of a feature group, as `tables` lists it');

export const tablesTool = looks(
  {
    name: 'tables',
    title: 'Tables',
    description: 'The project’s feature groups with how many columns each has, and those of others by name.',
    input: {},
  },
  async (at) => {
    const { groups, others, leftOut } = await lookAtFeatureGroups.run(at);
    const data = {
      groups: groups.map(({ name, features }) => ({ name, columns: features.length })),
      others: others.map(({ name }) => name),
      notReadable: leftOut.map(({ name, error }) => ({ name, reason: String(error) })),
    };
    return { source: 'mlops feature-group list', data };
  },
);

export const tableTool = looks(
  {
    name: 'table',
    title: 'Columns of a table',
    description: 'One feature group: its columns with their types, its record id and time, how new its records are.',
    input: { group },
  },
  async (at, { group: name }) => ({
    source: `mlops feature-group describe ${name}`,
    data: await describeFeatureGroup.run(at, { name }),
  }),
);

export const queryTool = looks(
  {
    name: 'query',
    title: 'Ask a table in SQL',
    description:
      'One SELECT (DuckDB) over a feature group. `records` is the newest of each record id, `history` all that was ever written. It sees nothing else: no file, no network. Private columns are in neither.',
    input: { group, sql: z.string().max(20_000), limit: z.number().int().min(1).max(50).default(20) },
  },
  async (at, { group: name, sql, limit }) => {
    const { columns, rows, total, reasons } = await queryFeatureGroup.run(at, { name, sql, limit });
    return { source: `feature group ${name} in ${at.environment.name}`, data: { columns, rows, total, reasons } };
  },
);
