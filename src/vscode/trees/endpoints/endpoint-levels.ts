import type { EndpointLook } from '../../../pipeline/endpoints/look.js';
import type { EndpointInfo } from '../../../platform/ports/endpoints.js';
import { quietly } from '../../session/quietly.js';
import type { Current } from '../../session/session.js';
import { endpointItems } from './endpoints.js';
import { openedItems } from './endpoint-parts.js';
import { errorItems, leftOutItem } from '../error-items.js';
import type { TreeSource } from '../tree-source.js';

/** Cost and use change slowly, and asking for them costs calls. */
const lookMs = 5 * 60_000;

/** An account can have hundreds of endpoints: only the project's are described, others' when somebody opens one. */
export function makeEndpointLevels(): Required<Pick<TreeSource, 'roots' | 'children' | 'forget'>> {
  let looks = new Map<string, { at: number; of: string; look: EndpointLook }>();
  const lookOnce = async (current: Current, endpoint: EndpointInfo, now: Date): Promise<EndpointLook> => {
    // A look that is still on its way when these are forgotten is not remembered for the next place.
    const mine = looks;
    const known = mine.get(endpoint.name);
    const of = JSON.stringify(endpoint);
    if (known?.of === of && now.getTime() - known.at < lookMs) return known.look;
    const { lookAtUsage } = await import('../../project-work.js');
    const look = await lookAtUsage.run(quietly(current), { endpoint });
    mine.set(endpoint.name, { at: now.getTime(), of, look });
    return look;
  };
  return {
    async roots(current) {
      const now = new Date();
      const { lookAtEndpoints, lookAtLive } = await import('../../project-work.js');
      const { endpoints, others, leftOut } = await lookAtEndpoints.run(quietly(current), undefined);
      // What runs on this machine costs nothing, and ends by itself when nobody uses it.
      const seen = current.environment.kind === 'local' ? [] : endpoints;
      const found = await Promise.all(seen.map((endpoint) => lookOnce(current, endpoint, now)));
      const byName = new Map(found.map((look) => [look.endpoint.name, look]));
      const live = new Map(
        await Promise.all(
          endpoints.map(async (endpoint) => {
            return [endpoint.name, await lookAtLive.run(quietly(current), { endpoint })] as const;
          }),
        ),
      );
      return [
        ...leftOut.map(({ name, error }) => leftOutItem('endpoints', name, error)),
        ...endpointItems(endpoints, { now, looks: byName, live, others }),
      ];
    },
    async children(current, item) {
      if (item.target?.kind !== 'endpoint') return [];
      const now = new Date();
      try {
        const { findEndpoint } = await import('../../project-work.js');
        const endpoint = await findEndpoint.run(quietly(current), item.target);
        if (endpoint === undefined) return [];
        return openedItems(endpoint, await lookOnce(current, endpoint, now), now);
      } catch (error) {
        return errorItems(item.id, error, []);
      }
    },
    forget: () => void (looks = new Map()),
  };
}
