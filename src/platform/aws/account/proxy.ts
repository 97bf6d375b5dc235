import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';

type Handler = Pick<
  NodeHttpHandler,
  'metadata' | 'handle' | 'destroy' | 'updateHttpClientConfig' | 'httpHandlerConfigs'
>;

/**
 * Sends requests as `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` say, host by host, which the SDK does not do by itself:
 * `s3.amazonaws.com` may be excepted while the rest goes by the proxy.
 */
export function requestHandler(options: NodeHttpHandlerOptions): Handler {
  const direct = new NodeHttpHandler(options);
  const byProxy = new Map<string, NodeHttpHandler>();
  const through = (proxy: string) => {
    const known = byProxy.get(proxy);
    if (known !== undefined) return known;
    const agents = { httpAgent: new HttpProxyAgent(proxy), httpsAgent: new HttpsProxyAgent(proxy) };
    const made = new NodeHttpHandler({ ...options, ...agents });
    byProxy.set(proxy, made);
    return made;
  };
  const all = () => [direct, ...byProxy.values()];
  return {
    metadata: direct.metadata,
    handle(request, more) {
      const { protocol, hostname, port } = request;
      const proxy = getProxyForUrl(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`);
      return (proxy === '' ? direct : through(proxy)).handle(request, more);
    },
    destroy: () => all().forEach((one) => void one.destroy()),
    updateHttpClientConfig: (key, value) => all().forEach((one) => void one.updateHttpClientConfig(key, value)),
    httpHandlerConfigs: () => direct.httpHandlerConfigs(),
  };
}
