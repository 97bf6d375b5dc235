import type { ProjectFile } from '../../project/schema.js';
import { leftOut, modelSteps } from '../delivery/readme.js';
import { keptInMemory, signsIn, type Delivery } from '../delivery/served.js';
import type { Place } from './deployment.js';

export function kubernetesReadme(file: ProjectFile, { name, replicas }: Place, left: Delivery['left']): string {
  const users = `
People sign in. Their file and the secret by which figures are collected are a Secret of the cluster (\`mlops api user list\`
says where the file is):

\`\`\`sh
kubectl create secret generic ${name}-users --from-file=users.json=USERS_FILE \\
  --from-literal=metrics-token="$(openssl rand -hex 32)"
\`\`\`
`;
  const kept = keptInMemory(file);
  const copies =
    kept.length === 0
      ? `${replicas} run at least, twice as many when the CPU asks for it; each keeps nothing that another one would need.`
      : `One runs, for it keeps in its memory ${kept.join(', and ')}; \`--replicas 2\` is refused. While a new version takes over, both answer for a moment.`;
  return `# ${file.name} on Kubernetes

\`deployment.yaml\` (probes, limits, no root, nothing writable but \`/tmp\`), \`service.yaml\`, \`autoscaler.yaml\`,
\`disruption-budget.yaml\`, \`network-policy.yaml\`; \`kustomization.yaml\` puts them together.

## Start

\`\`\`sh
${modelSteps}
docker build --build-arg BASE=IMAGE -t REGISTRY/mlops-model:v1 .      # IMAGE: npm run container, then docker build
docker push REGISTRY/mlops-model:v1
kustomize edit set image mlops-model=REGISTRY/mlops-model:v1
kubectl apply --kustomize .
kubectl rollout status deployment/${name}
kubectl port-forward service/${name} 8080:80      # then: curl http://localhost:8080/ping
\`\`\`
${signsIn(file) ? users : ''}
Who comes from another namespace (an ingress, Prometheus) may ask once that namespace is labelled:
\`kubectl label namespace NAMESPACE mlops/may-ask-${name}=true\`. TLS ends at your ingress.

## A new version, and back

Build and push it under a new tag, then:

\`\`\`sh
kustomize edit set image mlops-model=REGISTRY/mlops-model:v2 && kubectl apply --kustomize .
kubectl rollout status deployment/${name} --timeout=5m || kubectl rollout undo deployment/${name}
kubectl rollout history deployment/${name}      # any of the last ten: kubectl rollout undo --to-revision=N
\`\`\`

A copy of the old version ends only once one of the new answers: a version that cannot load its model never gets a request.

## Copies

${copies}

Figures for Prometheus are at \`/metrics\`; rules and a dashboard: \`mlops export prometheus --out DIR\`.

${leftOut(left, 'Nothing of the served API is left out.')}
`;
}
