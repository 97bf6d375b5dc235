import { promisify } from 'node:util';
import { open, type ZipFile } from 'yauzl';

/** The names of all files in a zip. */
export async function namesInZip(path: string): Promise<string[]> {
  const zip = await promisify<string, { lazyEntries: boolean }, ZipFile>(open)(path, { lazyEntries: true });
  const names: string[] = [];
  return new Promise((done, reject) => {
    zip.on('entry', ({ fileName }: { fileName: string }) => {
      names.push(fileName);
      zip.readEntry();
    });
    zip.on('end', () => done(names)).on('error', reject);
    zip.readEntry();
  });
}
