import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve('..', 'shared', 'data');

/** A file or folder of the real data beside the project. */
export function sharedData(path: string): string {
  return resolve(folder, path);
}

/** `describe` for tests on real data: where it is absent they are skipped, and their titles say why. */
export function describeWithData(title: string, path: string, body: (this: Mocha.Suite, place: string) => void): void {
  const place = sharedData(path);
  if (existsSync(place))
    describe(title, function () {
      body.call(this, place);
    });
  else
    describe.skip(`${title} (skipped: no ../shared/data/${path} here)`, function () {
      body.call(this, place);
    });
}
