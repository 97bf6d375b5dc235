import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { openSession, type Session } from '../../../src/data/session.js';
import { columnStatistics, equalEdges, shares } from '../../../src/data/statistics.js';

describe('statistics of columns', () => {
  let session: Session;
  before(async () => {
    session = await openSession({ folders: [tmpdir()] });
  });
  after(() => session.close());
  const of = (values: string) => `(SELECT * FROM (VALUES ${values}) t(x))`;

  it('agree with numpy and pandas: std by n-1, quartiles by linear interpolation, nulls apart', async () => {
    // pandas: Series([1, 2, 4, 8, 16, None]).describe()
    const { x } = await columnStatistics(session, of('(1), (2), (4), (8), (16), (NULL)'), ['x']);
    assert.deepEqual(x, {
      mean: 6.2,
      std: 6.099180272790763,
      min: 1,
      max: 16,
      median: 4,
      q1: 2,
      q3: 8,
      null_pct: 100 / 6,
      count: 5,
    });
    const even = await columnStatistics(session, of('(1), (2), (4), (8)'), ['x']);
    assert.deepEqual([even.x!.q1, even.x!.median, even.x!.q3], [1.75, 3, 5]);
  });

  it('count not-a-number as missing', async () => {
    const { x } = await columnStatistics(session, of("(1.0::DOUBLE), ('nan'::DOUBLE), (3)"), ['x']);
    assert.deepEqual([x!.mean, x!.count], [2, 2]);
    assert.ok(Math.abs(x!.null_pct! - 100 / 3) < 1e-12);
  });

  it('are null where there is nothing to compute them from', async () => {
    const { x } = await columnStatistics(session, of('(NULL::INTEGER), (NULL)'), ['x'], { histograms: true });
    const nothing = { mean: null, std: null, min: null, max: null, median: null, q1: null, q3: null };
    assert.deepEqual(x, { ...nothing, null_pct: 100, count: 0, histogram: null });
    const none = await columnStatistics(session, '(SELECT 1 AS x LIMIT 0)', ['x']);
    assert.deepEqual([none.x!.null_pct, none.x!.count], [null, 0]);
    const one = await columnStatistics(session, of('(7)'), ['x']);
    assert.deepEqual([one.x!.mean, one.x!.std], [7, null]);
  });

  it('of texts are their nulls and count only', async () => {
    const { x } = await columnStatistics(session, of("('a'), (NULL), ('b')"), ['x']);
    assert.equal(x!.mean, null);
    assert.equal(x!.count, 2);
  });

  it('have a histogram whose shares add up to 1, the last bin closed', async () => {
    const { x } = await columnStatistics(session, '(SELECT range AS x FROM range(201))', ['x'], { histograms: true });
    const { edges, shares: heights } = x!.histogram!;
    assert.equal(edges.length, 21);
    assert.deepEqual([edges[0], edges[1], edges[20]], [0, 10, 200]);
    assert.ok(Math.abs(heights.reduce((sum, share) => sum + share, 0) - 1) < 1e-12);
    assert.equal(heights[0], 10 / 201);
    assert.equal(heights[19], 11 / 201);
  });

  it('compare on the same edges: what lies outside counts in the end bins', async () => {
    assert.deepEqual(await shares(session, of('(-5), (0), (1), (2), (99), (NULL)'), 'x', [0, 1, 2]), [2 / 5, 3 / 5]);
    assert.deepEqual(await shares(session, '(SELECT 1 AS x LIMIT 0)', 'x', [0, 1, 2]), [0, 0]);
  });

  it('put one bin around a constant and none around infinity', () => {
    assert.deepEqual(equalEdges(3, 3), [2.5, 3.5]);
    assert.equal(equalEdges(0, Infinity), null);
    assert.equal(equalEdges(null, null), null);
  });
});
