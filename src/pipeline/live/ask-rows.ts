import { capturedScores } from '../../documents/capture/captured-answer.js';
import type { EndpointReader } from '../../platform/ports/endpoints.js';
import type { NewestRow } from './newest-rows.js';

/** What an endpoint says of one row. */
export interface Asked extends NewestRow {
  /** null where it did not answer with a score. */
  risk: number | null;
}

/** So many rows are asked about at a time. */
const atOnce = 16;

/** Asks an endpoint about each row by itself, under the row's own id: so its label finds it again. */
export async function askRows(
  endpoints: EndpointReader,
  endpoint: string,
  rows: readonly NewestRow[],
  signal: AbortSignal,
): Promise<{ asked: Asked[]; threshold: number | null }> {
  const asked = rows.map((row): Asked => ({ ...row, risk: null }));
  let threshold: number | null = null;
  const waiting = asked.values();
  const worker = async () => {
    for (const row of waiting) {
      signal.throwIfAborted();
      const question = { contentType: 'application/json', body: JSON.stringify({ features: [row.features] }) };
      const answer = await endpoints.invoke(endpoint, { ...question, inferenceId: row.id }, { signal });
      if (answer.status !== 200) continue;
      const found = scoreOf(Buffer.from(answer.body).toString('utf8'), answer.contentType);
      row.risk = found?.score ?? null;
      threshold = found?.threshold ?? threshold;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { asked, threshold };
}

function scoreOf(data: string, observedContentType: string) {
  const encoding = /json/i.test(observedContentType) ? 'JSON' : 'CSV';
  const read = capturedScores({
    captureData: { endpointOutput: { data, encoding, observedContentType } },
    eventMetadata: { eventId: '' },
  });
  if ('problem' in read) return undefined;
  const score = read.rows[0]?.score;
  return score !== undefined && Number.isFinite(score) ? { score, threshold: read.threshold } : undefined;
}
