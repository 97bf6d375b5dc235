import { guardrailsOf } from './guardrails.js';
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
  /** Until when its guardrails wait, ms, and what takes it back meanwhile. */
  bakes: { until: number; alarms: readonly string[] };
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
  /** How the last update of an endpoint was to shift its traffic; undefined: at once. */
  deployment(name: string): Json | undefined;
  /** Whether requests to an endpoint reach it. */
  exists(name: string): boolean;
}

/** Endpoints: moto creates them, and cannot update one to another configuration. */
export function endpoints(isInAlarm: (name: string) => boolean): Endpoints {
  const configs = new Map<string, Variant[]>();
  const current = new Map<string, string>();
  const updated = new Map<string, Updated>();
  /** The last DeploymentConfig of each, for an update that retains it. */
  const deployments = new Map<string, Json>();
  let rollback: string | undefined;
  let ends = 'InService';
  const nameOf = ({ EndpointName }: Json) => String(EndpointName);
  const isGoingOn = ({ looks, bakes }: Updated) => looks > 0 || Date.now() < bakes.until;
  const isUnderWay = (name: string) => updated.has(name) && isGoingOn(updated.get(name)!);
  const weightsIn = (config: string) =>
    new Map(
      configs.get(config)!.map(({ VariantName, InitialVariantWeight = 1 }) => [VariantName, InitialVariantWeight]),
    );
  const never = { until: 0, alarms: [] };
  /** What guardrails do when an alarm goes off: the old configuration serves, and is InService as if nothing had been. */
  const takeBack = (name: string, state: Updated, alarm: string) => {
    Object.assign(state, { looks: 0, bakes: never, weights: weightsIn(state.from), counts: new Map() });
    state.failure = `One or more CloudWatch alarms in your auto-rollback configuration went into ALARM: ${alarm}`;
    current.set(name, state.from);
  };

  const update = (body: Json): Answer => {
    const [name, to] = [nameOf(body), String(body.EndpointConfigName)];
    const from = current.get(name);
    if (from === undefined) return refusal('ValidationException', `Could not find endpoint "${name}".`);
    if (!configs.has(to)) return refusal('ValidationException', `Could not find endpoint configuration "${to}".`);
    if (isUnderWay(name)) return refusal('ValidationException', `Cannot update in-progress endpoint "${name}".`);
    const retained = body.RetainDeploymentConfig === true ? deployments.get(name) : undefined;
    const deployment = (body.DeploymentConfig as Json | undefined) ?? retained;
    const guardrails = guardrailsOf(deployment);
    if (typeof guardrails === 'string') return refusal('ValidationException', guardrails);
    if (deployment !== undefined) deployments.set(name, deployment);
    const bakes = rollback === undefined ? { until: Date.now() + guardrails.ms, alarms: guardrails.alarms } : never;
    const weights = weightsIn(rollback === undefined ? to : from);
    updated.set(name, { from, to, looks: 2, bakes, failure: rollback, ends, weights, counts: new Map() });
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
    const weights = weightsIn(config);
    const counts = new Map(variants.map((one) => [one.VariantName, one.InitialInstanceCount ?? 1]));
    const base = { from: config, to: config, looks: 0, bakes: never, failure: undefined, ends: 'InService' };
    return { ...base, weights, counts };
  };

  const part: Part = {
    seen: {
      CreateEndpointConfig: (body) =>
        void configs.set(String(body.EndpointConfigName), body.ProductionVariants as Variant[]),
      CreateEndpoint(body) {
        current.set(nameOf(body), String(body.EndpointConfigName));
        if (body.DeploymentConfig !== undefined) deployments.set(nameOf(body), body.DeploymentConfig as Json);
      },
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
        const alarm = isGoingOn(state) ? state.bakes.alarms.find(isInAlarm) : undefined;
        if (alarm !== undefined) takeBack(nameOf(body), state, alarm);
        const isOver = !isGoingOn(state);
        const summary = (config: string) =>
          configs.get(config)!.map(({ VariantName }) => {
            const weight = state.weights.get(VariantName) ?? 1;
            const count = state.counts.get(VariantName) ?? 1;
            const counts = { CurrentInstanceCount: count, DesiredInstanceCount: count };
            return { VariantName, CurrentWeight: weight, DesiredWeight: weight, ...counts };
          });
        const serves = state.failure === undefined && isOver ? state.to : state.from;
        const shown = { ...answer, EndpointConfigName: serves, ProductionVariants: summary(serves) };
        if (isOver) return { ...shown, EndpointStatus: state.ends, FailureReason: state.failure };
        state.looks = Math.max(0, state.looks - 1);
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
    deployment: (name) => deployments.get(name),
    exists: (name) => current.has(name),
  };
}
