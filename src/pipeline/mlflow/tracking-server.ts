import { InputError } from '../../common/errors.js';
import { isLoopback } from '../../project/endpoint-url.js';

/** MLflow's own variables, as far as they say where its server is and who asks. */
export type MlflowVariables = Readonly<Record<string, string | undefined>>;

export interface TrackingServer {
  /** Its address, without who asks. */
  base: string;
  /** What tells who asks; empty where nothing says it. */
  headers: Record<string, string>;
}

/**
 * An MLflow server and who asks it, by the variables that MLflow's own client goes by: `MLFLOW_TRACKING_USERNAME` and
 * `MLFLOW_TRACKING_PASSWORD`, or `MLFLOW_TRACKING_TOKEN`; or a name and a password in the address itself.
 * @param address its URL; undefined where the address is none
 * @throws InputError where a secret would cross a network in the clear
 */
export function trackingServer(
  address: string | undefined,
  variables: MlflowVariables = process.env,
): TrackingServer | undefined {
  if (address === undefined || !/^https?:\/\//.test(address) || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  const said = authorization(url, variables);
  const base = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  if (said === undefined) return { base, headers: {} };
  if (url.protocol === 'https:' || isLoopback(url)) return { base, headers: { authorization: said } };
  throw new InputError(
    `MLflow: found the server ${base} and a password or a token for it, expected one with https (http only on this machine)`,
  );
}

function authorization(url: URL, variables: MlflowVariables): string | undefined {
  const user = url.username === '' ? variables.MLFLOW_TRACKING_USERNAME : decodeURIComponent(url.username);
  const word = url.username === '' ? variables.MLFLOW_TRACKING_PASSWORD : decodeURIComponent(url.password);
  if (user !== undefined && word !== undefined) return `Basic ${Buffer.from(`${user}:${word}`).toString('base64')}`;
  const { MLFLOW_TRACKING_TOKEN: token } = variables;
  return token ? `Bearer ${token}` : undefined;
}
