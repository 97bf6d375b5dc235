import type { SageMaker } from '@aws-sdk/client-sagemaker';
import { everyItem } from '../../ports/pages.js';
import type { ResourceKind, TaggedResource } from '../../ports/resources.js';
import { dependentsFirst } from '../alarms/alarm-order.js';
import { compositeRule } from '../alarms/alarm-rule.js';
import type { Account } from '../account/place.js';

interface Listed {
  items: { name?: string; arn?: string }[];
  next?: string;
}
type List = (
  sagemaker: SageMaker,
  NextToken: string | undefined,
  options: { abortSignal?: AbortSignal },
) => Promise<Listed>;

/** Everything of the kinds that a project can have in an account, in an order in which it can be deleted. */
export async function listResources(
  account: Account,
  kinds: readonly ResourceKind[] | undefined,
  signal?: AbortSignal,
): Promise<TaggedResource[]> {
  const asked = (kind: ResourceKind) => kinds?.includes(kind) ?? true;
  const found = asked('alarm') ? await alarms(account, signal) : [];
  for (const [kind, list] of Object.entries(lists) as [ResourceKind, List][])
    if (asked(kind)) found.push(...(await pagesOf(account, kind, list, signal)));
  if (!asked('model-group') && !asked('model-version')) return found;
  const groups = await pagesOf(account, 'model-group', modelGroups, signal);
  for (const { name } of groups) found.push(...(await pagesOf(account, 'model-version', versionsOf(name), signal)));
  return [...found, ...groups];
}

async function pagesOf(
  { clients }: Account,
  kind: ResourceKind,
  list: List,
  signal: AbortSignal | undefined,
): Promise<TaggedResource[]> {
  const sagemaker = await clients.sagemaker();
  const found: TaggedResource[] = [];
  const pages = everyItem(({ token }) => list(sagemaker, token, { abortSignal: signal }));
  for await (const { name = '', arn = '' } of pages) found.push({ kind, name, arn });
  return found;
}

async function alarms({ clients }: Account, abortSignal?: AbortSignal): Promise<TaggedResource[]> {
  const cloudwatch = await clients.cloudwatch();
  const found: TaggedResource[] = [];
  const parts = new Map<string, readonly string[]>();
  let NextToken: string | undefined;
  do {
    const AlarmTypes = ['CompositeAlarm' as const, 'MetricAlarm' as const];
    const page = await cloudwatch.describeAlarms({ AlarmTypes, NextToken }, { abortSignal });
    for (const { AlarmName: name = '', AlarmArn: arn = '' } of [
      ...(page.CompositeAlarms ?? []),
      ...(page.MetricAlarms ?? []),
    ])
      found.push({ kind: 'alarm', name, arn });
    for (const { AlarmName: name = '', AlarmRule: rule = '' } of page.CompositeAlarms ?? [])
      parts.set(name, compositeRule(rule).alarms);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return dependentsFirst(found, ({ name }) => parts.get(name) ?? []);
}

const lists: Partial<Record<ResourceKind, List>> = {
  pipeline: async (sagemaker, NextToken, options) => {
    const { PipelineSummaries = [], NextToken: next } = await sagemaker.listPipelines({ NextToken }, options);
    return { items: PipelineSummaries.map((one) => ({ name: one.PipelineName, arn: one.PipelineArn })), next };
  },
  endpoint: async (sagemaker, NextToken, options) => {
    const { Endpoints = [], NextToken: next } = await sagemaker.listEndpoints({ NextToken }, options);
    return { items: Endpoints.map((one) => ({ name: one.EndpointName, arn: one.EndpointArn })), next };
  },
  'endpoint-config': async (sagemaker, NextToken, options) => {
    const { EndpointConfigs = [], NextToken: next } = await sagemaker.listEndpointConfigs({ NextToken }, options);
    return {
      items: EndpointConfigs.map((one) => ({ name: one.EndpointConfigName, arn: one.EndpointConfigArn })),
      next,
    };
  },
  model: async (sagemaker, NextToken, options) => {
    const { Models = [], NextToken: next } = await sagemaker.listModels({ NextToken }, options);
    return { items: Models.map((one) => ({ name: one.ModelName, arn: one.ModelArn })), next };
  },
  'feature-group': async (sagemaker, NextToken, options) => {
    const { FeatureGroupSummaries = [], NextToken: next } = await sagemaker.listFeatureGroups({ NextToken }, options);
    return {
      items: FeatureGroupSummaries.map((one) => ({ name: one.FeatureGroupName, arn: one.FeatureGroupArn })),
      next,
    };
  },
};

const modelGroups: List = async (sagemaker, NextToken, options) => {
  const page = await sagemaker.listModelPackageGroups({ NextToken }, options);
  const groups = page.ModelPackageGroupSummaryList ?? [];
  const items = groups.map((one) => ({ name: one.ModelPackageGroupName, arn: one.ModelPackageGroupArn }));
  return { items, next: page.NextToken };
};

function versionsOf(group: string): List {
  return async (sagemaker, NextToken, options) => {
    const page = await sagemaker.listModelPackages({ ModelPackageGroupName: group, NextToken }, options);
    const versions = page.ModelPackageSummaryList ?? [];
    const items = versions.map((one) => ({ name: `${group}/${one.ModelPackageVersion}`, arn: one.ModelPackageArn }));
    return { items, next: page.NextToken };
  };
}
