/** JSON, and the NaN and Infinity that Python writes into it: no such figure exists, so they read as null. */
export function parseLoosely(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const mended = text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (token) =>
      token.startsWith('"') ? token : 'null',
    );
    if (mended === text) throw error;
    return JSON.parse(mended);
  }
}
