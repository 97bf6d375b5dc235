import { endpointTag } from './endpoint-config.js';
import { isMissing } from '../account/explain.js';
import type { Account } from '../account/place.js';
import { tagsOf } from '../ownership/tags.js';

/** Deletes the configurations that we made for an endpoint that is gone; those of others, and what others named alike, stay. */
export async function removeConfigs(account: Account, endpoint: string, signal?: AbortSignal): Promise<void> {
  const sagemaker = await account.clients.sagemaker();
  const options = { abortSignal: signal };
  const mine = [...tagsOf(account), { Key: endpointTag, Value: endpoint }];
  let token: string | undefined;
  do {
    const page = await sagemaker.listEndpointConfigs({ NameContains: endpoint, NextToken: token }, options);
    for (const { EndpointConfigName, EndpointConfigArn } of page.EndpointConfigs ?? []) {
      const { Tags = [] } = await sagemaker.listTags({ ResourceArn: EndpointConfigArn }, options);
      const isOurs = mine.every((tag) => Tags.some(({ Key, Value }) => Key === tag.Key && Value === tag.Value));
      if (!isOurs) continue;
      await sagemaker.deleteEndpointConfig({ EndpointConfigName }, options).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
    }
    token = page.NextToken;
  } while (token !== undefined);
}
