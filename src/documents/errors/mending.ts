/** What helps with a stored document that cannot be read, by its key: the first that fits. */
const helps: [RegExp, (key: string) => string][] = [
  [/^runs\/state\//, () => 'its stage runs again with: mlops run'],
  [/^features\//, () => 'to make it anew run: mlops features --force'],
  [/^feature-store\//, () => 'to make it anew run: mlops features --force'],
  [/^curated\//, () => 'to make it anew run: mlops ingest --force'],
  [/^artifacts\/search\//, () => 'to search again run: mlops train --force'],
  [/^artifacts\//, () => 'to train and serve a new version run: mlops run --from train --force'],
  [/^monitoring\/runs\//, () => 'to judge again run: mlops monitor --force'],
  [/^monitoring\/overrides\//, (key) => `to begin anew without any run: mlops bucket rm ${key}`],
  [/^ledger\//, (key) => `what it said is lost; to go on without it run: mlops bucket rm ${key}`],
];

/** What makes the document anew where that can be done, else what goes on without it; with the command. */
export function helpFor(key: string): string {
  const help = helps.find(([pattern]) => pattern.test(key))?.[1];
  return help?.(key) ?? `to go on without it run: mlops bucket rm ${key}`;
}
