/**
 * Some of many cases, spread evenly: a check of minutes. Where the variable MLOPS_ABUSE is `all`, as at night, all of them.
 */
export function triedHere<Case>(cases: readonly Case[], some: number): readonly Case[] {
  if (process.env.MLOPS_ABUSE === 'all') return cases;
  const step = cases.length / some;
  return Array.from({ length: Math.min(some, cases.length) }, (_, at) => cases[Math.floor(at * step)]!);
}
