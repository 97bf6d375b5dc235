// Writes schemas/mlops.schema.json from the zod schema, for editors. Run it after changing src/project/schema.ts:
//   npx tsx scripts/schema.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { projectJsonSchema } from '../src/project/json-schema.ts';

const file = 'schemas/mlops.schema.json';
const style = { ...(await resolveConfig(file)), filepath: file };
mkdirSync('schemas', { recursive: true });
writeFileSync(file, await format(JSON.stringify(projectJsonSchema()), style));
