import { read, rightsOf } from '../rights/rights.js';

/** Finding out what is the project's, for cleaning up and before anything is changed. */
export const ownershipRights = rightsOf({
  needs: () => [
    read('sagemaker', ['ListPipelines', 'ListEndpointConfigs', 'ListModels', 'ListTags'], '*'),
    read('tag', ['GetResources'], '*'),
  ],
  probes: {
    'sagemaker:ListPipelines': async ({ clients }, options) =>
      (await clients.sagemaker()).listPipelines({ MaxResults: 1 }, options),
    'sagemaker:ListEndpointConfigs': async ({ clients }, options) =>
      (await clients.sagemaker()).listEndpointConfigs({ MaxResults: 1 }, options),
    'sagemaker:ListModels': async ({ clients }, options) =>
      (await clients.sagemaker()).listModels({ MaxResults: 1 }, options),
    'tag:GetResources': async ({ clients }, options) =>
      (await clients.tagging()).getResources({ ResourcesPerPage: 1 }, options),
  },
  finds: {},
  touches: {
    AddTags: 'content',
    DeleteTags: 'content',
  },
});
