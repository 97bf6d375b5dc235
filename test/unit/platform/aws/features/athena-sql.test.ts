import assert from 'node:assert/strict';
import { InputError } from '../../../../../src/common/errors.js';
import { athenaSql } from '../../../../../src/platform/aws/features/athena-sql.js';
import { changesSomething } from '../../../../../src/platform/aws/account/changes.js';

const table = {
  ...{ database: 'sagemaker_featurestore', table: 'churn_train_1', recordId: 'record_id', eventTime: 'event_time' },
  features: ['record_id', 'event_time', 'a "quoted" one'],
};
const beginning =
  'WITH history AS (SELECT * FROM "sagemaker_featurestore"."churn_train_1"),\n' +
  'records AS (SELECT "record_id", "event_time", "a ""quoted"" one" FROM (SELECT *, row_number() OVER (PARTITION BY ' +
  '"record_id" ORDER BY "event_time" DESC, api_invocation_time DESC, write_time DESC, is_deleted DESC) AS mlops_newest FROM history) ' +
  'WHERE mlops_newest = 1 AND NOT is_deleted)';

describe('SQL for Athena', () => {
  it('has the latest record of each id, and everything that was written, as tables', () => {
    assert.equal(athenaSql('SELECT * FROM records;', table), `${beginning}\nSELECT * FROM records`);
  });

  it('takes a query with names of its own, and comments before it', () => {
    const sql = '-- how many\n/* really */ with old as (SELECT 1) SELECT * FROM old';
    assert.equal(athenaSql(sql, table), `${beginning},\nold as (SELECT 1) SELECT * FROM old`);
  });

  it('takes a query that goes on from its own rows, and one in brackets', () => {
    const sql = 'WITH recursive n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT * FROM n';
    const rest = 'n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT * FROM n';
    assert.equal(athenaSql(sql, table), `${beginning.replace('WITH', 'WITH RECURSIVE')},\n${rest}`);
    const two = '(SELECT 1) UNION ALL (SELECT 2)';
    assert.equal(athenaSql(two, table), `${beginning}\n${two}`);
  });

  it('refuses what is no SELECT, saying what it is', () => {
    for (const [sql, found] of [
      ['DROP TABLE x', 'DROP'],
      ['', 'nothing'],
      ['(WITH x AS (SELECT 1) SELECT * FROM x)', '(WITH'],
      ['INSERT INTO x VALUES (1)', 'INSERT'],
    ] as const)
      assert.throws(
        () => athenaSql(sql, table),
        (error) => error instanceof InputError && error.message.includes(`found ${found}, expected one SELECT`),
      );
  });
});

describe('what changes something', () => {
  it('is a query of Athena, which writes its result, and not one of logs', () => {
    assert.equal(changesSomething('StartQueryExecution'), true);
    assert.equal(changesSomething('StopQueryExecution'), true);
    assert.equal(changesSomething('StartQuery'), false);
    assert.equal(changesSomething('GetQueryExecution'), false);
    assert.equal(changesSomething('PutBucketLifecycleConfiguration'), true);
  });
});
