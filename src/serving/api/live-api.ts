import type { Api } from '../../project/parts/api-schema.js';
import type { Serving } from '../traffic.js';
import { openApi, type ApiPlace, type OpenedApi } from './api-service.js';

/** The api of what serves now. */
export interface LiveApi {
  now: () => OpenedApi | undefined;
  /** Goes by what a new configuration says. What has not changed goes on as it is, limits and sign-ins with it. */
  follow(api: Api | undefined): Promise<void>;
  /** Writes down what became of predictions. */
  flush: () => Promise<void>;
}

export function liveApi(place: ApiPlace, serving: () => Serving): LiveApi {
  let opened: OpenedApi | undefined;
  let text: string | undefined;
  const flush = async () => opened?.feedback?.flush();
  return {
    now: () => opened,
    async follow(api) {
      const next = JSON.stringify(api);
      if (next === text) return;
      await flush();
      opened = api && (await openApi(api, place, serving));
      text = next;
    },
    flush,
  };
}
