/** The scheme under which objects open in the editor: `mlops://ENVIRONMENT/BUCKET/KEY`. */
export const objectScheme = 'mlops';

/** An object of an environment, a file in it that is an archive, or the beginning of either. */
export interface ObjectAddress {
  environment: string;
  bucket: string;
  /** Empty: the bucket itself. */
  key: string;
  /** A file in the archive that the key names. */
  member?: string;
  /** Only its first bytes, as a text of whole lines. */
  beginning?: boolean;
}

/** What of a URI an address is in. */
export interface UriParts {
  scheme: string;
  authority: string;
  path: string;
  query: string;
}

/** So much of a large text is opened. */
export const beginningBytes = 1_000_000;

const beginningMark = 'first 1 MB of ';

/**
 * Where an object stands for the editor. Names come last in the path, for editors and languages are chosen by it: a
 * member stands below its archive, and a beginning says in its name that it is one. The query says which is which.
 */
export function uriPartsOf({ environment, bucket, key, member, beginning }: ObjectAddress): UriParts {
  const shown = member === undefined ? key : `${key}/${tidy(member)}`;
  const cut = shown.lastIndexOf('/') + 1;
  const path = `/${bucket}/${beginning ? shown.slice(0, cut) + beginningMark + shown.slice(cut) : shown}`;
  if (member === undefined && !beginning) return { scheme: objectScheme, authority: environment, path, query: '' };
  const query = new URLSearchParams({ key, ...(member === undefined ? {} : { member }) });
  if (beginning) query.set('part', 'beginning');
  return { scheme: objectScheme, authority: environment, path, query: query.toString() };
}

/** An archive may call a file `./a//b`; paths of an editor have no such parts. */
function tidy(member: string): string {
  const parts = member.split('/').filter((part) => !['', '.', '..'].includes(part));
  return parts.join('/');
}

export function addressOf({ authority, path, query }: Omit<UriParts, 'scheme'>): ObjectAddress {
  const asked = new URLSearchParams(query);
  const member = asked.get('member');
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  return {
    environment: authority,
    bucket,
    key: asked.get('key') ?? key,
    ...(member === null ? {} : { member }),
    ...(asked.get('part') === 'beginning' ? { beginning: true } : {}),
  };
}

/** `s3://bucket/key`, as people and the command write it. */
export const s3UriOf = ({ bucket, key }: Pick<ObjectAddress, 'bucket' | 'key'>): string => `s3://${bucket}/${key}`;
