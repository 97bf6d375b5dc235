import {
  dataGates,
  entityName,
  qualityGates,
  quoted,
  read,
  rowNames,
  selected,
  type SourceReading,
  sourceText,
  text,
  type ProjectTexts,
} from './write.js';
import type { Roles, Table } from './roles.js';

export interface GivenScores {
  /** The column of scores that were made elsewhere. */
  score: string;
  /** From this time on rows are judged; those before are what they are held against. */
  from: string;
  reading: SourceReading;
}

/** `mlops.json` and `features.sql` of a project about predictions that are made elsewhere: it trains and serves nothing. */
export function predictionsTexts(
  name: string,
  file: string,
  table: Table,
  roles: Roles,
  { score, from, reading }: GivenScores,
): ProjectTexts {
  const columns = JSON.stringify(roles.numbers.map((column) => column.name));
  const gates = [...qualityGates(roles, table.rows), ...dataGates(roles)].map((gate) =>
    gate.replace(', "action": "retrain"', ''),
  );
  const mlops = `{
  "name": ${JSON.stringify(name)},
  "sources": {
    ${JSON.stringify(name)}: { ${sourceText(file, reading)} }
  },
  "features": {
    "entity": ${JSON.stringify(entityName(roles))},
    "time": ${JSON.stringify(roles.time!.name)},
    // What came before is the reference, by which what comes is judged: see features.sql.
    "split": { "by": "column", "column": "period", "train": ["reference"], "validation": ["reference"], "test": ["reference"], "production": ["current"] }
  },
  "model": {
    "task": "${roles.task}",
    "target": ${JSON.stringify(roles.target.name)},
    // Scores that were made elsewhere: nothing is trained, and nothing is served.
    "candidates": [{ "name": "elsewhere", "family": "given", "columns": ${columns}, "parameters": { "score": ${JSON.stringify(score)} } }]
  },
  "monitor": {
    "gates": [
${gates.map((gate) => `      ${gate}`).join(',\n')}
    ],
    "soft": { "fail": 2, "action": "warn" }
  }
}
`;
  return { mlops, sql: sqlOf(name, roles, from) };
}

function sqlOf(source: string, roles: Roles, from: string): string {
  const { target, positive, time, numbers, categories } = roles;
  const columns = [
    ...rowNames(roles),
    selected(time!),
    ...[...numbers, ...categories].map(selected),
    positive === undefined
      ? selected(target)
      : `(${read(target)} = ${text(positive)})::INTEGER AS ${quoted(target.name)}`,
    `CASE WHEN ${read(time!)} < TIMESTAMP ${text(from)} THEN 'reference' ELSE 'current' END AS period`,
  ];
  return `-- One row a prediction: what names it, what it was made of, its score, and what came of it, where that is known.
SELECT
  ${columns.join(',\n  ')}
FROM ${quoted(source)}
`;
}
