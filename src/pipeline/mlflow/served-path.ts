/** Where a server that hands files out itself has those of an address; undefined where they lie elsewhere. */
export function servedPath(uri: string): string | undefined {
  const whole = uri.replace(/^mlflow-artifacts:\/(?!\/)/, 'mlflow-artifacts://x/');
  return /^mlflow-artifacts:\/{1,2}(?:[^/]*\/)?(.+)$/.exec(whole)?.[1];
}
