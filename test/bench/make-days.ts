// Made days in the shape of 2025: 300,000 drives, 197 columns, most of them sparse.
//   npx tsx test/bench/make-days.ts DAYS ZIP REVIEWS [ROWS]
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { withSession } from '../../src/data/duckdb/session.js';
import { writeZip } from '../../src/data/zip/write.js';

const [days = '2', zip = 'days.zip', reviews = 'reviews.csv', rows = '300000'] = process.argv.slice(2);
const folder = resolve(dirname(zip));

/** 93 ids, two columns each: a fifth of them on nearly every drive, a third on none. */
const ids = [...new Set([5, 187, 188, 197, 198, ...Array.from({ length: 93 }, (_, i) => i + 1)])].slice(0, 93);
const smart = ids.map((id, i) => {
  const share = i < 20 ? 980 : i < 35 ? 300 : i < 60 ? 20 : 0;
  const there = `hash(drive * 31 + ${id}) % 1000 < ${share}`;
  const size = [5, 1000, 100_000, 4_000_000_000][i % 4]!;
  const signal = `CASE WHEN failing THEN 20 + hash(drive + ${id}) % 200 ELSE hash(drive + ${id}) % 3 END`;
  return `CASE WHEN ${there} THEN 100 + hash(drive + ${id}) % 100 END AS smart_${id}_normalized,
    CASE WHEN ${there} THEN ${i < 5 ? signal : `hash(drive * ${id} + day) % ${size}`} END AS smart_${id}_raw`;
});

const models = ['ST4000DM000', 'TOSHIBA MG07ACA14TA', 'HGST HUH721212ALN604', 'WDC WUH721816ALE6L4', 'CT250MX500SSD1'];

const sql = (day: number) => `
  SELECT (DATE '2025-07-01' + ${day})::VARCHAR AS date,
    'Z' || upper(hex(drive * 7919 + 100000000)) AS serial_number,
    ['${models.join("', '")}'][1 + drive % ${models.length}] AS model,
    4000787030016 AS capacity_bytes,
    (failing AND hash(drive) % ${days} = day)::INTEGER AS failure,
    'phx1' AS datacenter, '' AS cluster_id, 1100 + drive % 20 AS vault_id, drive % 20 AS pod_id,
    drive % 45 AS pod_slot_num, 'False' AS is_legacy_format, ${smart.join(',\n')}
  FROM (SELECT range AS drive, ${day} AS day, hash(range * 17) % 1500 = 0 AS failing FROM range(${rows}))`;

async function makeDays(): Promise<void> {
  await withSession({ folders: [folder], keepOrder: false }, async (session) => {
    const members: { name: string; path: string }[] = [];
    for (let day = 0; day < Number(days); day++) {
      const name = `${new Date(Date.UTC(2025, 6, 1 + day)).toISOString().slice(0, 10)}.csv`;
      await session.run(`COPY (${sql(day)}) TO '${join(folder, name)}' (FORMAT csv, HEADER)`);
      members.push({ name, path: join(folder, name) });
    }
    await writeZip(zip, members);
    for (const { path } of members) rmSync(path);
  });
}

writeFileSync(
  reviews,
  `manufacturer,total_reviews,pct_one_star,pct_two_star
HGST,3263,15.45,5.46
SEAGATE,40251,25.12,7.27
TOSHIBA,16134,17.01,6.10
WDC,103758,13.55,5.77
`,
);

makeDays().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
