import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { loadProject, parseProject } from '../../../src/project/load.js';
import { copySample, instantiate, listTemplates, templateNamed } from '../../../src/project/templates.js';

const templates = 'templates';
const published = '../shared/data/house_prices/synthetic_1000.csv';

describe('templates', () => {
  let target: string;
  beforeEach(async () => {
    target = await mkdtemp(join(tmpdir(), 'mlops-template-'));
  });
  afterEach(() => rm(target, { recursive: true }));

  it('are listed with a title and a sentence', async () => {
    const listed = await listTemplates(templates);
    const prices = listed.find(({ name }) => name === 'house-prices');
    assert.equal(prices?.title, 'House prices');
    assert.equal(prices.description, 'What will a house sell for?');
    assert.ok(listed.some(({ name }) => name === 'hdd-failure'));
  });

  it('are named nowhere in the program, which is one engine for all of them', async () => {
    const names = (await listTemplates(templates)).map(({ name }) => name);
    const files = (await readdir('src', { recursive: true })).filter((file) => file.endsWith('.ts'));
    const texts = await Promise.all(
      files.map(async (file) => [file, await readFile(join('src', file), 'utf8')] as const),
    );
    const named = texts.filter(([, text]) => names.some((name) => text.includes(name))).map(([file]) => file);
    assert.deepEqual(named, []);
  });

  it('all have a project file without a problem', async () => {
    for (const { name, folder } of await listTemplates(templates)) {
      const text = await readFile(join(folder, 'mlops.json'), 'utf8');
      assert.equal(parseProject(text, `${name}/mlops.json`).name, name);
    }
  });

  it('become a project that loads, in an empty folder', async () => {
    const template = await templateNamed('house-prices', templates);
    assert.deepEqual(await instantiate(template, join(target, 'new')), [
      ...['README.md', 'features.sql', 'king-county.sql', 'mlops.json'],
    ]);
    const project = await loadProject(join(target, 'new'));
    assert.equal(project.file.model.task, 'regression');
  });

  it('never overwrite anything', async () => {
    const template = await templateNamed('house-prices', templates);
    await writeFile(join(target, 'mine.txt'), 'mine');
    await assert.rejects(instantiate(template, target), /found mine\.txt, expected a new or an empty folder/);
    assert.deepEqual(await readdir(target), ['mine.txt']);
  });

  it('bring their sample data only when asked, and once', async () => {
    const template = await templateNamed('house-prices', templates);
    await instantiate(template, target);
    assert.ok(!existsSync(join(target, 'sample')));
    assert.deepEqual(await copySample(template, target), ['data/sales.csv']);
    const rows = (await readFile(join(target, 'data/sales.csv'), 'utf8')).trimEnd().split('\n');
    assert.equal(rows.length, 1001);
    await assert.rejects(copySample(template, target), { code: 'ERR_FS_CP_EEXIST' });
  });

  it('are named when one is asked for that is not there', async () => {
    await assert.rejects(
      templateNamed('house-price', templates),
      /found no template "house-price", expected .*did you mean "house-prices"\?/,
    );
  });

  const compare = existsSync(published) ? it : it.skip;
  compare(`ship the published table of sales${existsSync(published) ? '' : ' (no ../shared/data here)'}`, async () => {
    const [ours, theirs] = await Promise.all([
      readFile('templates/house-prices/sample/sales.csv'),
      readFile(published),
    ]);
    assert.ok(ours.equals(theirs));
  });
});
