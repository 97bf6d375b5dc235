const mostNamed = 5;

/** Of a bucket's links and of what is no file: how many, which, why and what helps. */
export function leftOutWords(keys: readonly string[]): string {
  const named = keys.slice(0, mostNamed).join(', ') + (keys.length > mostNamed ? ', …' : '');
  const [are, them] = keys.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${keys.length} left out: ${named} ${are} no file of the bucket, and no link is followed out of it; put the file itself in place of ${them}`;
}
