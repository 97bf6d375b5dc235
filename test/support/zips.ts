import { writeFileSync } from 'node:fs';
import { zipSync } from 'fflate';

/** Writes a zip of members by name; times are fixed, so that equal members make equal zips. */
export function writeZip(path: string, members: Record<string, string | Uint8Array>): Buffer {
  const bytes = Object.fromEntries(
    Object.entries(members).map(([name, body]) => [name, typeof body === 'string' ? Buffer.from(body) : body]),
  );
  const zip = Buffer.from(zipSync(bytes, { level: 6, mtime: new Date(2026, 0, 1) }));
  writeFileSync(path, zip);
  return zip;
}
