import { InputError } from '../../common/errors.js';
import type { ProjectFile } from '../../project/schema.js';
import { closedRoutes, hasApi, keptInMemory, platformName, type Delivery, type Served } from '../delivery/served.js';
import { yamlText } from '../delivery/yaml.js';
import { autoscaler, disruptionBudget, networkPolicy, service } from './around.js';
import { deployment, type Place } from './deployment.js';
import { kubernetesReadme } from './readme.js';

const about = 'Written by mlops export kubernetes from mlops.json; written again, it is replaced.';

/**
 * The served model on Kubernetes, put together by Kustomize: the same files for the same `mlops.json`.
 * @throws InputError for several copies of a service that keeps something in its memory
 */
export function kubernetesFiles({ file, source }: Served, asked?: number): Delivery {
  const { replicas, most } = copiesOf(file, asked);
  const name = platformName(file.name);
  const place: Place = { name, image: imageName, replicas };
  const objects: [string, object][] = [
    ['deployment.yaml', deployment(file, place)],
    ['service.yaml', service(place)],
    ['autoscaler.yaml', autoscaler(place, most)],
    ['disruption-budget.yaml', disruptionBudget(place)],
    ['network-policy.yaml', networkPolicy(place)],
  ];
  const left = closedRoutes(file);
  const api = hasApi(file) ? [{ name: 'api/mlops.json', text: source }] : [];
  return {
    left,
    files: [
      ...objects.map(([path, object]) => ({ name: path, text: yamlText(object, about) })),
      { name: 'kustomization.yaml', text: yamlText(kustomization(place, objects, api.length > 0), about) },
      { name: 'Dockerfile', text: withModel },
      ...api,
      { name: 'README.md', text: kubernetesReadme(file, place, left) },
    ],
  };
}

const imageName = 'mlops-model';

/** What the service keeps in one process's memory would be another thing in each copy. */
function copiesOf(file: ProjectFile, asked: number | undefined): { replicas: number; most: number } {
  const kept = keptInMemory(file);
  const replicas = asked ?? (kept.length > 0 ? 1 : 2);
  if (replicas > 1 && kept.length > 0)
    throw new InputError(
      `--replicas: found ${replicas}, expected 1: each copy would know of its own alone ${kept.join(', and ')}`,
    );
  return { replicas, most: kept.length > 0 ? 1 : replicas * 2 };
}

function kustomization({ name }: Place, objects: readonly [string, object][], isGiven: boolean): object {
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: objects.map(([path]) => path),
    images: [{ name: imageName, newName: imageName, newTag: 'v1' }],
    ...(isGiven && { configMapGenerator: [{ name: `${name}-api`, files: ['api/mlops.json'] }] }),
  };
}

/** The version's own image: what is rolled out, and rolled back, is one name. */
const withModel = `# The served version as an image of its own, so that going back is going back to a name.
#   docker build --build-arg BASE=IMAGE -t REGISTRY/mlops-model:v1 .
ARG BASE
FROM \${BASE}
COPY model /opt/ml/model
`;
