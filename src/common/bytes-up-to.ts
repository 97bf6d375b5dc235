/**
 * All bytes of an answer, as long as they are no more than `most`.
 * @param tooMany makes what is thrown for more; reading ends there
 */
export async function bytesUpTo(
  body: AsyncIterable<Uint8Array> | null,
  most: number,
  tooMany: () => Error,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > most) throw tooMany();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
