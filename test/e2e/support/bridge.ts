/** The browser's side of a test, over loopback; absent when VS Code runs as a desktop program. */
const address = process.env.MLOPS_E2E_BRIDGE;

export const hasBrowser = address !== undefined;

interface Answer<T> {
  value?: T;
  error?: string;
}

/** Asks the browser's side to do something and returns its answer; its errors become ours. */
export async function ask<T>(action: string, ...args: unknown[]): Promise<T> {
  if (!address) throw new Error(`${action}: there is no browser to ask (VS Code runs as a desktop program)`);
  const response = await fetch(`${address}/${action}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${process.env.MLOPS_E2E_TOKEN}` },
    body: JSON.stringify(args),
  });
  if (!response.ok) throw new Error(`${action}: the browser's side answered ${response.status}`);
  const { value, error } = (await response.json()) as Answer<T>;
  if (error !== undefined) throw new Error(`${action}: ${error}`);
  return value as T;
}
