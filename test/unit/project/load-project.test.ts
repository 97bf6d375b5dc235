import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError, messageOf } from '../../../src/common/errors.js';
import { environmentOf, environmentsOf } from '../../../src/project/environments.js';
import { findProject, loadProject } from '../../../src/project/load.js';
import { goodProject, spoiled } from './project-text.js';

describe('loading a project', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlops-project-'));
    await writeFile(join(folder, 'features.sql'), 'SELECT * FROM rows');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const complaints = async () => {
    const error: unknown = await loadProject(folder).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof InputError);
    return error.message.split('\n');
  };

  it('reads the file and the SQL it names', async () => {
    const text = spoiled(['"files": "data/*.csv"', '"files": "data/*.csv", "sql": "rows.sql"']);
    await writeFile(join(folder, 'mlops.json'), text);
    await writeFile(join(folder, 'rows.sql'), 'SELECT 1');
    const project = await loadProject(folder);
    assert.equal(project.folder, folder);
    assert.equal(project.file.name, 'demo');
    assert.deepEqual(project.sql, { 'features.sql': 'SELECT * FROM rows', 'rows.sql': 'SELECT 1' });
  });

  it('reports SQL files that are not there together with all other problems', async () => {
    const text = spoiled(
      ['"files": "data/*.csv"', '"files": "data/*.csv", "sql": "rows.sql"'],
      ['"test": 0.1', '"test": 9'],
    );
    await writeFile(join(folder, 'mlops.json'), text);
    await rm(join(folder, 'features.sql'));
    assert.deepEqual(await complaints(), [
      `mlops.json:4:56: sources.rows.sql: found no file "rows.sql", expected one inside ${folder}`,
      `mlops.json:5:15: features.sql: found no file "features.sql", expected one inside ${folder}`,
      'mlops.json:7:73: features.split.test: found 9, expected at most 1',
    ]);
  });

  it('needs no SQL where nothing is built, and everything else to be right', async () => {
    await writeFile(join(folder, 'mlops.json'), goodProject);
    await rm(join(folder, 'features.sql'));
    assert.deepEqual((await loadProject(folder, { sql: 'if there' })).sql, {});
    await writeFile(join(folder, 'mlops.json'), spoiled(['"test": 0.1', '"test": 9']));
    await assert.rejects(
      loadProject(folder, { sql: 'if there' }),
      /^ProjectFileError: mlops\.json:\S+ features\.split\.test/,
    );
  });

  it('takes no SQL from outside the project', async () => {
    const inside = join(folder, 'inside');
    await mkdir(inside);
    await writeFile(
      join(inside, 'mlops.json'),
      spoiled(['"entity": "id"', '"entity": "id", "sql": "../features.sql"']),
    );
    await assert.rejects(
      loadProject(inside),
      /features\.sql: found no file "\.\.\/features\.sql", expected one inside/,
    );
  });

  it('says where it looked when there is no project', async () => {
    assert.match((await complaints())[0]!, /^mlops\.json: found none in .*, expected a project/);
  });

  it('is found from any folder inside it, the nearest first', async () => {
    const deep = join(folder, 'a', 'b');
    await mkdir(deep, { recursive: true });
    assert.equal(await findProject(deep), undefined);
    await writeFile(join(folder, 'mlops.json'), goodProject);
    assert.equal(await findProject(deep), folder);
    await writeFile(join(folder, 'a', 'mlops.json'), goodProject);
    assert.equal(await findProject(deep), join(folder, 'a'));
  });

  it('knows its environments by name, the local one always', async () => {
    const environments =
      '"endpoint": { "name": "demo" }, "environments": { "prod": { "kind": "aws", "region": "us-east-1" } }';
    await writeFile(join(folder, 'mlops.json'), spoiled(['"endpoint": { "name": "demo" }', environments]));
    const project = await loadProject(folder);
    assert.deepEqual(
      environmentsOf(project).map(({ name, kind }) => `${name} ${kind}`),
      ['local local', 'prod aws'],
    );
    assert.deepEqual(environmentOf(project, 'prod'), { name: 'prod', kind: 'aws', region: 'us-east-1' });
    try {
      environmentOf(project, 'prd');
      assert.fail('found an environment that is not there');
    } catch (error) {
      assert.equal(
        messageOf(error),
        'mlops.json: environments: found no "prd", expected one of "local", "prod" (did you mean "prod"?)',
      );
    }
  });
});
