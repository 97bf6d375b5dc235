import * as z from 'zod';

/** What every look into an object says of it. */
const looked = {
  schemaVersion: z.literal(1),
  /** `s3://bucket/key`, with the member's name behind it for one of an archive. */
  uri: z.string(),
  name: z.string(),
  /** Bytes of the whole object. */
  size: z.number(),
};

/** So many bytes would have to be read for what is missing; null when nothing is, or when it is not worth asking. */
const unread = z.number().nullable();

const cell = z.union([z.number(), z.string(), z.boolean(), z.null()]);

/** The first rows of a table. What is not known is null, with its reason in `reasons` (`rows`, `total`, `nulls`). */
export const tablePreviewSchema = z.looseObject({
  ...looked,
  kind: z.literal('table-preview'),
  format: z.enum(['csv', 'tsv', 'parquet', 'json', 'jsonl', 'xlsx']),
  /** Rows of the whole table. */
  total: z.number().nullable(),
  /** In the table's order, with DuckDB's types. */
  columns: z.array(z.looseObject({ name: z.string(), type: z.string(), nulls: z.number().nullable() })),
  /** The first ones, their values in the order of `columns`. */
  rows: z.array(z.array(cell)),
  unread,
  reasons: z.record(z.string(), z.string()),
});
export type TablePreview = z.infer<typeof tablePreviewSchema>;

/** What lies in an archive, without its bytes. `reasons.members` says why there may be more than `members`. */
export const archiveContentsSchema = z.looseObject({
  ...looked,
  kind: z.literal('archive-contents'),
  format: z.enum(['tar', 'tar.gz', 'zip']),
  members: z.array(
    z.looseObject({
      name: z.string(),
      type: z.enum(['file', 'folder', 'link', 'other']),
      /** Bytes, unpacked. */
      size: z.number(),
      modifiedAt: z.string().nullable(),
      /** Why it cannot be opened; null when it can. */
      closed: z.string().nullable(),
    }),
  ),
  /** Every member is listed. */
  complete: z.boolean(),
  unread,
  reasons: z.record(z.string(), z.string()),
});
export type ArchiveContents = z.infer<typeof archiveContentsSchema>;
export type ArchiveMember = ArchiveContents['members'][number];

/** The beginning of a text. */
export const textPreviewSchema = z.looseObject({
  ...looked,
  kind: z.literal('text-preview'),
  text: z.string(),
  /** The text is there to its end. */
  whole: z.boolean(),
});
export type TextPreview = z.infer<typeof textPreviewSchema>;

export type ObjectPreview = TablePreview | ArchiveContents | TextPreview;
