import { InputError } from '../../common/errors.js';
import { plural } from '../../report/format/words.js';
import { answer } from '../answer.js';
import { changes } from '../operation.js';
import { mustFind } from './find.js';

export interface Scaling {
  name: string;
  /** Machines that shall serve each variant, 1 or more. */
  instances: number;
  /** Only this one. */
  variant?: string;
}

/** More or fewer machines behind an endpoint in an account. */
export const scaleEndpoint = changes(
  'endpoints.scale',
  {
    purpose: ({ name }: Scaling) => `scale ${name}`,
    destroys: ({ name, instances, variant }) => ({
      what: `give ${variant === undefined ? 'each variant' : `variant ${variant}`} of endpoint ${name} ${instances} ${plural(instances, 'machine')}`,
      resource: name,
    }),
    async check(at, { name }) {
      if (at.environment.kind === 'local')
        throw new InputError(`endpoint ${name} is one process on this machine, so it has nothing to scale`);
      await mustFind(at, name);
    },
  },
  async ({ writers, signal }, { name, instances, variant }) => {
    const scaled = await writers.cloud!.fleet.scale(name, { instances, variant }, { signal });
    return answer('endpoint-scale', { name, scaled });
  },
);
