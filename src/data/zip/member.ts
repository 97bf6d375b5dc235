import type { Readable } from 'node:stream';

/** A file inside a zip, known by its checksum before it is unpacked. */
export interface Member {
  name: string;
  /** Unpacked, in bytes. */
  size: number;
  crc32: number;
  /** Where its bytes lie in the zip, header and data. */
  from: number;
  to: number;
  /** Its unpacked bytes. */
  open(): Promise<Readable>;
}

export interface Archive {
  members: Member[];
  /** What could not be read, a line each: `found …, expected …`, with the member where it is known. */
  damage: { member?: string; text: string }[];
  close(): Promise<void>;
}
