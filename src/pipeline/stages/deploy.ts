import type { EndpointConfig, EndpointInfo, Variant } from '../../platform/ports/endpoints.js';
import { everyItem } from '../../platform/ports/pages.js';
import { InputError } from '../../common/errors.js';
import { servedApi } from '../endpoints/served-api.js';
import { alarmsUpToDate, applyAlarms, wantedAlarms } from '../alarms-of.js';
import { recordInLedger } from '../ledger.js';
import { predictsElsewhere } from '../../project/elsewhere.js';
import { modelGroupName } from '../../project/names.js';
import { deployTarget, type DeployTarget } from '../deploy-target.js';
import { releaseWay } from '../../project/endpoints.js';
import type { ProjectFile } from '../../project/schema.js';
import { mustRelease } from '../releasing/begin.js';
import { costOfRelease } from '../releasing/cost.js';
import { heldText } from '../releasing/held.js';
import { releasingOf } from '../releasing/in-a-run.js';
import type { Looking, Stage, StageContext, StageOutcome } from '../stage.js';

/**
 * Makes the endpoint serve the newest approved version. Skipped only if the endpoint itself answers with it:
 * "deployed" is what it serves, not what was written down.
 */
export const deploy: Stage = {
  name: 'deploy',
  inputs: async (context) => {
    const target = await deployTarget(context);
    return target === undefined ? [] : [{ uri: `${target.model.artifacts}model.tar.gz`, sha256: target.model.sha256 }];
  },
  configuration: ({ file }) => (file.api === undefined ? file.endpoint : { endpoint: file.endpoint, api: file.api }),
  needed,
  async intends(context, planned) {
    if (predictsElsewhere(context.project.file)) return {};
    const { name } = context.project.file.endpoint;
    const group = modelGroupName(context.project.file.name);
    const { wanted: alarms } = await wantedAlarms(context.project.file, context.environment, context);
    // What is trained on the way is known only then.
    if (planned.includes('train')) return { alarms, endpoint: { name, group } };
    const target = await deployTarget(context);
    if (target === undefined || !(await needed(context)).run) return {};
    return { alarms, endpoint: { name, group, version: target.model.version } };
  },
  async run(context) {
    const target = await deployTarget(context);
    if (target === undefined) {
      const group = modelGroupName(context.project.file.name);
      throw new InputError(
        `deploy: model group ${group} has no approved version; approve one with: mlops model approve`,
      );
    }
    const config = wanted(context, target);
    const before = await context.environment.endpoints.describe(config.name);
    const { signal } = context;
    await applyAlarms(context);
    if (goesByRelease(context.project.file, before, target)) return released(context, target);
    if (context.environment.kind === 'aws') context.report.message('info', costText(context, before));
    const after = await context.writers.endpoints.deploy(config, { signal });
    await recordInLedger(context.writers, {
      who: `run ${context.runId}`,
      what: 'deploy',
      why: target.held
        ? heldText(target.held)
        : target.proven
          ? 'newest approved version'
          : 'first version of the project; it is not proven yet',
      from: before === undefined ? null : (servedBy(before) ?? null),
      to: target.model.version,
      outcome: 'promoted',
      evidence: [target.model.artifacts],
    });
    const proof = target.proven ? '' : ' (not proven)';
    return {
      outputs: [],
      figures: {
        endpoint: config.name,
        modelVersion: target.model.version,
        proven: target.proven,
        url: after.url ?? null,
      },
      summary: `${config.name} serves ${target.model.version}${proof}`,
    };
  },
};

/** Both versions have machines until the old one's are given back. */
const costText = ({ environment, project }: StageContext, before: EndpointInfo | undefined): string =>
  `${project.file.endpoint.name}: ${costOfRelease(environment, project.file.endpoint, before?.status === 'InService')}`;

/** A version that replaces another on a project's only endpoint goes by its "release"; one that is gone back to does not. */
function goesByRelease(file: ProjectFile, before: EndpointInfo | undefined, { model, held }: DeployTarget): boolean {
  if (file.release === undefined || releaseWay(file).from !== undefined || held !== undefined) return false;
  const serving = before?.serving ?? [];
  return serving.length > 0 && !(serving.length === 1 && serving[0]!.modelVersion === model.version);
}

async function released(context: StageContext, { model, proven }: DeployTarget): Promise<StageOutcome> {
  const { endpoint, to } = await mustRelease(releasingOf(context), {
    ...{
      endpoint: releaseWay(context.project.file).to,
      group: model.group,
      version: model.version,
      notProven: !proven,
    },
    ...{ by: `run ${context.runId}`, automatic: true, why: 'newest approved version' },
  });
  return {
    outputs: [],
    figures: { endpoint, modelVersion: to, proven },
    summary: `${endpoint} serves ${to}, released step by step`,
  };
}

async function needed(context: Looking): Promise<{ run: boolean; reason: string }> {
  if (predictsElsewhere(context.project.file)) return { run: false, reason: servesNothing };
  const target = await deployTarget(context);
  if (target === undefined) return { run: true, reason: 'no version to serve' };
  const current = await context.environment.endpoints.describe(context.project.file.endpoint.name);
  if (current === undefined) return { run: true, reason: 'no endpoint yet' };
  const { version } = target.model;
  if (!serves(current, wanted(context, target))) {
    return { run: true, reason: `it serves ${servedBy(current) ?? 'nothing'}, asked for ${version}` };
  }
  if (context.options.force) return { run: true, reason: 'forced' };
  if (!(await alarmsUpToDate(context))) return { run: true, reason: 'the alarms changed' };
  if (target.held === undefined && (await servedByLedger(context)) !== version) {
    return { run: true, reason: `the ledger does not say that it serves ${version}` };
  }
  const held = target.held === undefined ? '' : `; ${heldText(target.held)}`;
  return { run: false, reason: `it answers with ${version}${held}` };
}

const servesNothing = 'the predictions are made elsewhere: nothing is served';

function wanted(context: Looking, target: DeployTarget): EndpointConfig {
  const { name, capture } = context.project.file.endpoint;
  const { group, version } = target.model;
  const variants = [{ name: 'AllTraffic', modelVersion: version, weight: 1 }];
  return { name, group, variants, capture, notProven: !target.proven, ...servedApi(context) };
}

function serves(current: EndpointInfo, config: EndpointConfig): boolean {
  return (
    current.status === 'InService' &&
    sameVariants(current.serving ?? [], config.variants) &&
    percent(current.config.capture) === percent(config.capture) &&
    (current.config.notProven ?? false) === config.notProven &&
    JSON.stringify(current.config.api) === JSON.stringify(config.api)
  );
}

/** A place may keep the captured share in whole percents. */
const percent = (share: number): number => (share === 0 ? 0 : Math.max(1, Math.round(share * 100)));

/** The version that the newest deployment on record brought. */
async function servedByLedger({ environment, project }: Looking): Promise<string | null> {
  const { name } = project.file.endpoint;
  // An entry that cannot be read says nothing: at worst the same is deployed once more, and written down again.
  const leaveOut = () => undefined;
  for await (const { what, outcome, to, trigger } of everyItem((page) => environment.ledger.list(page), { leaveOut })) {
    const isRelease = what === 'promote' && trigger === name;
    if ((what === 'deploy' || what === 'retrain' || isRelease) && outcome === 'promoted') return to;
  }
  return null;
}

function sameVariants(left: Variant[], right: Variant[]): boolean {
  const text = (variants: Variant[]) => variants.map((v) => `${v.name} ${v.modelVersion} ${v.weight}`).join();
  return text(left) === text(right);
}

function servedBy(current: EndpointInfo): string | undefined {
  return current.serving?.map(({ modelVersion }) => modelVersion).join(', ');
}
