// The platforms that a package is made for: VS Code's name of each, DuckDB's, and how large its package may become.
const MB = 1_000_000;

/** @typedef {{ target: string, bindings: string, maxBytes: number }} Target */

/** @type {Target[]} */
export const targets = [
  { target: 'linux-x64', bindings: 'linux-x64', maxBytes: 28 * MB },
  { target: 'linux-arm64', bindings: 'linux-arm64', maxBytes: 28 * MB },
  { target: 'alpine-x64', bindings: 'linux-x64-musl', maxBytes: 28 * MB },
  { target: 'alpine-arm64', bindings: 'linux-arm64-musl', maxBytes: 28 * MB },
  { target: 'darwin-x64', bindings: 'darwin-x64', maxBytes: 41 * MB },
  { target: 'darwin-arm64', bindings: 'darwin-arm64', maxBytes: 41 * MB },
  { target: 'win32-x64', bindings: 'win32-x64', maxBytes: 18 * MB },
  { target: 'win32-arm64', bindings: 'win32-arm64', maxBytes: 18 * MB },
];

/** This machine in the Marketplace's words, in which Linux with musl is called alpine. */
export function targetHere() {
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  const musl = process.platform === 'linux' && header.glibcVersionRuntime === undefined;
  return `${musl ? 'alpine' : process.platform}-${process.arch}`;
}
