import type { Route } from '../http/route.js';

const headers = 'authorization, content-type, x-amzn-sagemaker-inference-id, x-amzn-sagemaker-target-variant';
const seconds = '600';

/**
 * What a browser asks before a page of another origin may call: answered for each path with its methods. Whether that
 * origin is one of those named is settled before, as for every request.
 */
export function preflights(routes: readonly Route[]): Route[] {
  const paths = [...new Set(routes.map(({ path }) => path))];
  return paths.map((path) => {
    const methods = routes.filter((route) => route.path === path).map(({ method }) => method);
    return {
      ...{ method: 'OPTIONS', path, most: 0, open: true },
      answer: () => ({
        status: 204,
        headers: {
          'access-control-allow-methods': methods.join(', '),
          'access-control-allow-headers': headers,
          'access-control-max-age': seconds,
        },
        body: '',
      }),
    };
  });
}
