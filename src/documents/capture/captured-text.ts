/** The text of one captured side. */
export function sideText({ data, encoding }: { data: string; encoding?: string }): string {
  if (encoding !== 'BASE64') return data;
  return new TextDecoder().decode(Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0)));
}

/** The documents of a JSON text: the one that it is, or one a line (JSON lines). Undefined when it is neither. */
export function jsonValues(text: string): unknown[] | undefined {
  const whole = parsed(text);
  if (whole !== undefined) return [whole.value];
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const values = lines.map(parsed);
  return lines.length > 1 && values.every((one) => one !== undefined) ? values.map((one) => one.value) : undefined;
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
