import { done, refusal, type Answer, type Json, type Part } from './part.js';

interface Variant extends Json {
  VariantName: string;
  InitialVariantWeight?: number;
}
/** An endpoint that was updated: from there on moto's word about it is out of date. */
interface Updated {
  from: string;
  to: string;
  /** How many more looks show it under way. */
  looks: number;
  failure: string | undefined;
  /** What it is when nothing is under way any more. */
  ends: string;
  weights: Map<string, number>;
}

export interface Endpoints {
  part: Part;
  /** The next update is taken back by an alarm, as its guardrails do. */
  rollBackNext(reason: string, ends?: 'UpdateRollbackFailed'): void;
  /** Whether requests to an endpoint reach it. */
  exists(name: string): boolean;
}

/** Endpoints: moto creates them, and cannot update one to another configuration. */
export function endpoints(): Endpoints {
  const configs = new Map<string, Variant[]>();
  const current = new Map<string, string>();
  const updated = new Map<string, Updated>();
  let rollback: string | undefined;
  let ends = 'InService';
  const nameOf = ({ EndpointName }: Json) => String(EndpointName);
  const isUnderWay = (name: string) => (updated.get(name)?.looks ?? 0) > 0;

  const update = (body: Json): Answer => {
    const [name, to] = [nameOf(body), String(body.EndpointConfigName)];
    const from = current.get(name);
    if (from === undefined) return refusal('ValidationException', `Could not find endpoint "${name}".`);
    if (!configs.has(to)) return refusal('ValidationException', `Could not find endpoint configuration "${to}".`);
    if (isUnderWay(name)) return refusal('ValidationException', `Cannot update in-progress endpoint "${name}".`);
    const serves = rollback === undefined ? to : from;
    const weights = new Map(
      configs.get(serves)!.map(({ VariantName, InitialVariantWeight = 1 }) => [VariantName, InitialVariantWeight]),
    );
    updated.set(name, { from, to, looks: 2, failure: rollback, ends, weights });
    if (rollback === undefined) current.set(name, to);
    rollback = undefined;
    ends = 'InService';
    return done({ EndpointArn: `arn:aws:sagemaker:us-east-1:123456789012:endpoint/${name}` });
  };

  const part: Part = {
    seen: {
      CreateEndpointConfig: (body) =>
        void configs.set(String(body.EndpointConfigName), body.ProductionVariants as Variant[]),
      CreateEndpoint: (body) => void current.set(nameOf(body), String(body.EndpointConfigName)),
      DeleteEndpoint(body) {
        current.delete(nameOf(body));
        updated.delete(nameOf(body));
      },
    },
    answers: {
      UpdateEndpoint: update,
      UpdateEndpointWeightsAndCapacities(body) {
        const state = updated.get(nameOf(body));
        if (state === undefined) return undefined;
        for (const { VariantName, DesiredWeight } of body.DesiredWeightsAndCapacities as Json[])
          state.weights.set(String(VariantName), Number(DesiredWeight));
        return done({ EndpointArn: `arn:aws:sagemaker:us-east-1:123456789012:endpoint/${nameOf(body)}` });
      },
    },
    shown: {
      DescribeEndpoint(answer, body) {
        const state = updated.get(nameOf(body));
        if (state === undefined) return answer;
        const summary = (config: string) =>
          configs.get(config)!.map(({ VariantName }) => {
            const weight = state.weights.get(VariantName) ?? 1;
            const counts = { CurrentInstanceCount: 1, DesiredInstanceCount: 1 };
            return { VariantName, CurrentWeight: weight, DesiredWeight: weight, ...counts };
          });
        const serves = state.failure === undefined && state.looks === 0 ? state.to : state.from;
        const shown = { ...answer, EndpointConfigName: serves, ProductionVariants: summary(serves) };
        if (state.looks === 0) return { ...shown, EndpointStatus: state.ends, FailureReason: state.failure };
        state.looks -= 1;
        const pending = { EndpointConfigName: state.to, ProductionVariants: summary(state.to) };
        return { ...shown, EndpointStatus: 'Updating', PendingDeploymentSummary: pending };
      },
    },
  };
  return {
    part,
    rollBackNext(reason, ending = undefined) {
      rollback = reason;
      ends = ending ?? 'InService';
    },
    exists: (name) => current.has(name),
  };
}
