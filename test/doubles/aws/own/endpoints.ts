import { done, refusal, type Answer, type Json, type Part } from './part.js';

interface Variant extends Json {
  VariantName: string;
  InitialVariantWeight?: number;
  InitialInstanceCount?: number;
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
  counts: Map<string, number>;
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
    updated.set(name, { from, to, looks: 2, failure: rollback, ends, weights, counts: new Map() });
    if (rollback === undefined) current.set(name, to);
    rollback = undefined;
    ends = 'InService';
    return done({ EndpointArn: `arn:aws:sagemaker:us-east-1:123456789012:endpoint/${name}` });
  };

  /** Moto forgets the one of weight and machines that a change leaves out, so changed endpoints are ours to describe. */
  const settled = (name: string): Updated | undefined => {
    const config = current.get(name);
    const variants = config === undefined ? undefined : configs.get(config);
    if (config === undefined || variants === undefined) return undefined;
    const weights = new Map(variants.map((one) => [one.VariantName, one.InitialVariantWeight ?? 1]));
    const counts = new Map(variants.map((one) => [one.VariantName, one.InitialInstanceCount ?? 1]));
    return { from: config, to: config, looks: 0, failure: undefined, ends: 'InService', weights, counts };
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
        const asked = body.DesiredWeightsAndCapacities as Json[];
        const state = updated.get(nameOf(body)) ?? settled(nameOf(body));
        // What is not there is refused by moto, in AWS's words.
        if (state === undefined || asked.some(({ VariantName }) => !state.weights.has(String(VariantName))))
          return undefined;
        updated.set(nameOf(body), state);
        for (const { VariantName, DesiredWeight, DesiredInstanceCount } of asked) {
          if (DesiredWeight !== undefined) state.weights.set(String(VariantName), Number(DesiredWeight));
          if (DesiredInstanceCount === undefined) continue;
          state.counts.set(String(VariantName), Number(DesiredInstanceCount));
          state.looks = Math.max(1, state.looks);
        }
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
            const count = state.counts.get(VariantName) ?? 1;
            const counts = { CurrentInstanceCount: count, DesiredInstanceCount: count };
            return { VariantName, CurrentWeight: weight, DesiredWeight: weight, ...counts };
          });
        const serves = state.failure === undefined && state.looks === 0 ? state.to : state.from;
        const shown = { ...answer, EndpointConfigName: serves, ProductionVariants: summary(serves) };
        if (state.looks === 0) return { ...shown, EndpointStatus: state.ends, FailureReason: state.failure };
        state.looks -= 1;
        if (state.from === state.to) return { ...shown, EndpointStatus: 'Updating' };
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
