import { keys } from '../../documents/keys.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { Environment, Writers } from '../../platform/ports/environment.js';
import { everyItem } from '../../platform/ports/pages.js';
import type { Project } from '../../project/schema.js';
import { ownDashboards } from './apply.js';

/** One thing that cleaning up deletes. */
export interface Leftover {
  kind: string;
  name: string;
  /** What goes is our mark alone: others made it, and it goes on as it is. */
  released?: boolean;
  remove(writers: Writers, options: CallOptions): Promise<void>;
}

/**
 * Everything of the project that runs or watches, in the order in which it can be deleted. In an account: what carries
 * the project's tag (or, for a dashboard, its mark). The bucket with its data and ledger stays.
 */
export async function leftovers(
  project: Project,
  environment: Environment,
  options: CallOptions = {},
): Promise<Leftover[]> {
  const { cloud } = environment;
  if (cloud === undefined) return localLeftovers(environment, options);
  const dashboards = await ownDashboards(project.file.name, environment, options);
  const tagged = await cloud.resources.tagged(options);
  return [
    ...dashboards.map((name): Leftover => ({
      kind: 'dashboard',
      name,
      remove: (writers) => writers.cloud!.dashboards.remove([name], options),
    })),
    ...tagged.map((resource): Leftover => ({
      kind: resource.kind,
      name: resource.name,
      released: resource.adopted,
      async remove(writers) {
        const { resources, adoption } = writers.cloud!;
        await (resource.adopted ? adoption.release(resource.name, options) : resources.remove(resource, options));
        // What was written down of an endpoint would let it be started again.
        if (resource.kind === 'endpoint') await writers.objects.remove(keys.endpointState(resource.name), options);
      },
    })),
  ];
}

async function localLeftovers(environment: Environment, options: CallOptions): Promise<Leftover[]> {
  const found: Leftover[] = [];
  for await (const { name } of everyItem((page) => environment.alarms.list(page), options)) {
    found.push({ kind: 'alarm', name, remove: (writers) => writers.alarms.remove([name], options) });
  }
  for await (const { name } of everyItem((page) => environment.endpoints.list(page), options))
    found.push({ kind: 'endpoint', name, remove: (writers) => writers.endpoints.remove(name, options) });
  return found;
}
