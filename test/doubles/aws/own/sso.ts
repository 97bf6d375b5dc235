import type { AwsRequest } from '../request.js';
import type { Answer } from './part.js';

/** IAM Identity Center as far as an SDK asks it: a portal that gives roles' credentials, and tokens that are renewed. */
export interface SsoPortal {
  /** Access tokens that the portal takes. */
  tokens: Set<string>;
  /** Refresh tokens, each with the access token that it is exchanged for. */
  refresh: Map<string, string>;
  /** Region, account and role that were asked for, with the token. */
  asked: { account: string | null; role: string | null; token: string }[];
  answer(operation: string, request: AwsRequest): Answer | undefined;
}

/** Credentials of this key are given for any role. */
export const ssoKey = 'ASIASSO';

export function ssoPortal(): SsoPortal {
  const portal: SsoPortal = {
    tokens: new Set(),
    refresh: new Map(),
    asked: [],
    answer(operation, request) {
      if (operation.startsWith('GET /federation/credentials')) return roleCredentials(portal, request);
      if (operation === 'POST /token') return newToken(portal, request);
      return undefined;
    },
  };
  return portal;
}

function roleCredentials(portal: SsoPortal, { path, headers }: AwsRequest): Answer {
  const query = new URL(path, 'http://portal').searchParams;
  const token = String(headers['x-amz-sso_bearer_token']);
  portal.asked.push({ account: query.get('account_id'), role: query.get('role_name'), token });
  if (!portal.tokens.has(token))
    return { status: 401, body: { __type: 'UnauthorizedException', message: 'Session token not found or invalid' } };
  const expiration = Date.now() + 3600_000;
  const roleCredentials = { accessKeyId: ssoKey, secretAccessKey: 's', sessionToken: 't', expiration };
  return { status: 200, body: { roleCredentials } };
}

function newToken(portal: SsoPortal, { body }: AwsRequest): Answer {
  const { refreshToken } = JSON.parse(body.toString('utf8')) as { refreshToken: string };
  const accessToken = portal.refresh.get(refreshToken);
  if (accessToken === undefined)
    return { status: 400, body: { __type: 'InvalidGrantException', error: 'invalid_grant', error_description: 'no' } };
  return { status: 200, body: { accessToken, expiresIn: 3600, refreshToken, tokenType: 'Bearer' } };
}
