import * as z from 'zod';
import type { Bundle } from '../models/bundle/bundle.js';
import { withoutFields } from '../documents/capture/without-private.js';
import { matchesPattern } from '../project/columns.js';
import { mediaType } from './input/decode.js';

const patterns = z.array(z.string()).min(1);

/**
 * A request's body as it may be recorded: without the private columns that its sender put beside what the model looks at.
 * Undefined for one that cannot be told apart, which is not recorded.
 */
export function recordable(
  { metadata }: Pick<Bundle, 'metadata'>,
  { contentType, body }: { contentType: string; body: Uint8Array },
): Uint8Array | undefined {
  if (metadata.private_columns === undefined) return body;
  const known = patterns.safeParse(metadata.private_columns);
  if (!known.success) return body;
  const isPrivate = (name: string) => known.data.some((pattern) => matchesPattern(pattern, name));
  const kind = mediaType(contentType);
  const text = Buffer.from(body).toString('utf8');
  if (kind === 'text/csv') {
    // Without names they are the model's own columns, of which none is private.
    const [header = ''] = text.split('\n');
    return header.split(',').some((name) => isPrivate(name.trim().replaceAll('"', ''))) ? undefined : body;
  }
  try {
    const lines = /jsonlines|ndjson/.test(kind) ? text.split('\n').filter((line) => line.trim() !== '') : [text];
    const kept = lines.map((line) => {
      const value: unknown = JSON.parse(line);
      const shape = value as { columns?: unknown; dataframe_split?: { columns?: unknown } } | null;
      const names = shape?.columns ?? shape?.dataframe_split?.columns;
      // Columns by place: to cut one out of every row would be another format.
      if (Array.isArray(names) && names.some((name) => isPrivate(String(name)))) return undefined;
      return JSON.stringify(withoutFields(value, isPrivate));
    });
    return kept.includes(undefined) ? undefined : Buffer.from(kept.join('\n'));
  } catch {
    return kind === 'application/x-npy' ? body : undefined;
  }
}

/** The same of a text. */
export function recordableText(
  bundle: Pick<Bundle, 'metadata'>,
  { contentType, text }: { contentType: string; text: string },
): string | undefined {
  if (bundle.metadata.private_columns === undefined) return text;
  const kept = recordable(bundle, { contentType, body: Buffer.from(text) });
  return kept && Buffer.from(kept).toString('utf8');
}
