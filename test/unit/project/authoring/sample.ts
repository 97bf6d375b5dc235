import { readFileSync } from 'node:fs';
import type { Facts } from '../../../../src/project/authoring/facts.js';

const folder = 'templates/hdd-failure';
export const sampleText = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8');

const columns = (names: string) =>
  names.split(' ').map((named) => {
    const [name = '', type = 'BIGINT'] = named.split(':');
    return { name, type };
  });
const smart = 'smart_5_raw smart_187_raw smart_188_raw smart_197_raw smart_198_raw';

/** What is known of the sample once it was ingested. */
export const sampleFacts: Facts = {
  tables: {
    backblaze: columns(`date:DATE serial_number:VARCHAR model:VARCHAR capacity_bytes failure ${smart}`),
    reviews: columns('manufacturer:VARCHAR pct_one_star:DOUBLE pct_two_star:DOUBLE'),
  },
  features: columns(`date:DATE serial_number:VARCHAR pct_one_star:DOUBLE pct_two_star:DOUBLE ${smart} failure`),
  hasFile: (name) => ['features.sql', 'reviews.sql'].includes(name),
  isAllowed: () => false,
};
