/** Whether an address never leaves this machine. Names below `localhost` may be looked up elsewhere, so they are none. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(127(\.\d{1,3}){3}|\[::1\]|localhost)$/.test(hostname);
}

/**
 * What is wrong with the address that an environment's calls are to go to; undefined when it can be used. What is signed
 * must not cross a network in the clear.
 */
export function endpointUrlProblem(text: string): string | undefined {
  const found = `found "${text}", expected`;
  if (!URL.canParse(text)) return `${found} an address such as "https://example.com"`;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    return 'found an address with a user name or password in it, expected one without';
  if (url.protocol === 'https:') return undefined;
  return url.protocol === 'http:' && isLoopback(url) ? undefined : `${found} https:// (http:// only on this machine)`;
}

/** Whether only its user can say that an environment's calls may go there. */
export function needsTrust(endpointUrl: string): boolean {
  return !URL.canParse(endpointUrl) || !isLoopback(new URL(endpointUrl));
}
