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
  const whole = `/${bucket}/${key}${member === undefined ? '' : `/${member}`}`;
  const cut = whole.lastIndexOf('/') + 1;
  const path = beginning ? whole.slice(0, cut) + beginningMark + whole.slice(cut) : whole;
  const query = [
    ...(member === undefined ? [] : [`member=${encodeURIComponent(member)}`]),
    ...(beginning ? ['beginning'] : []),
  ].join('&');
  return { scheme: objectScheme, authority: environment, path, query };
}

export function addressOf({ authority, path, query }: Omit<UriParts, 'scheme'>): ObjectAddress {
  const words = query.split('&');
  const named = words.find((word) => word.startsWith('member='));
  const member = named === undefined ? undefined : decodeURIComponent(named.slice('member='.length));
  const beginning = words.includes('beginning');
  const at = path.lastIndexOf(beginningMark);
  const whole = beginning && at >= 0 ? path.slice(0, at) + path.slice(at + beginningMark.length) : path;
  const [, bucket = '', rest = ''] = /^\/([^/]*)\/?(.*)$/s.exec(whole) ?? [];
  const key = member === undefined ? rest : rest.slice(0, Math.max(0, rest.length - member.length - 1));
  return {
    environment: authority,
    bucket,
    key,
    ...(member === undefined ? {} : { member }),
    ...(beginning ? { beginning } : {}),
  };
}

/** `s3://bucket/key`, as people and the command write it. */
export const s3UriOf = ({ bucket, key }: Pick<ObjectAddress, 'bucket' | 'key'>): string => `s3://${bucket}/${key}`;
