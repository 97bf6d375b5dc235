import type { CallOptions } from './calls.js';

export type ResourceKind =
  'alarm' | 'endpoint' | 'endpoint-config' | 'model' | 'pipeline' | 'feature-group' | 'model-version' | 'model-group';

export interface TaggedResource {
  kind: ResourceKind;
  name: string;
  arn: string;
  /** Others made it, and a person handed it over: it is given back, not deleted. */
  adopted?: boolean;
}

export interface ResourceReader {
  /**
   * Everything that carries the project's and the environment's tag, in an order in which it can be deleted; with
   * `kinds` of these alone. Left out is what an endpoint of somebody else serves with.
   */
  tagged(options?: CallOptions & { kinds?: readonly ResourceKind[] }): Promise<TaggedResource[]>;
}

export interface ResourceWriter {
  /** Deletes one; the tag is looked at once more before. @throws RefusedError when it does not carry it */
  remove(resource: TaggedResource, options?: CallOptions): Promise<void>;
}
