import type { Account } from '../account/place.js';
import { named, nobody, passing, read, rightsOf, write } from '../rights/rights.js';

const logsOf = ({ project }: Account) => `/aws/sagemaker/Endpoints/${project.file.endpoint.name}`;

const endpoint = named('endpoint', 'EndpointName');
const config = named('endpoint-config', 'EndpointConfigName');

/** Endpoints with their configurations and logs, and the monitoring schedules that others put on them. */
export const endpointRights = rightsOf({
  needs({ arn, global, sagemaker, endpoints, settings }) {
    const logs = endpoints
      .map((served) => arn('logs', `log-group:/aws/sagemaker/Endpoints/${served}`))
      .flatMap((group) => [group, `${group}:*`]);
    const served = endpoints.map((name) => `endpoint/${name}`);
    const configs = endpoints.map((name) => `endpoint-config/${name}-*`);
    return [
      read('sagemaker', ['ListEndpoints'], '*'),
      read('sagemaker', ['DescribeEndpoint', 'InvokeEndpoint'], ...sagemaker(...served)),
      read('sagemaker', ['DescribeEndpointConfig'], ...sagemaker('endpoint-config/*')),
      read('logs', ['DescribeLogStreams', 'GetLogEvents'], ...logs),
      read('sagemaker', ['ListMonitoringSchedules'], '*'),
      read('sagemaker', ['DescribeMonitoringSchedule'], ...sagemaker('monitoring-schedule/*')),
      write('sagemaker', ['ListEndpointConfigs'], '*'),
      write(
        'sagemaker',
        ['CreateEndpoint', 'UpdateEndpoint', 'UpdateEndpointWeightsAndCapacities', 'DeleteEndpoint'],
        ...sagemaker(...served, ...configs),
      ),
      write('sagemaker', ['CreateEndpointConfig', 'DeleteEndpointConfig'], ...sagemaker(...configs)),
      write('sagemaker', ['AddTags', 'ListTags'], ...sagemaker(...served, ...configs)),
      write('sagemaker', ['DeleteTags'], ...sagemaker(...served)),
      passing(settings.role ?? global('iam', 'role/*')),
    ];
  },
  probes: {
    'sagemaker:ListEndpoints': async ({ clients }, options) =>
      (await clients.sagemaker()).listEndpoints({ MaxResults: 1 }, options),
    'sagemaker:DescribeEndpoint': async ({ clients, project }, options) =>
      (await clients.sagemaker()).describeEndpoint({ EndpointName: project.file.endpoint.name }, options),
    'sagemaker:DescribeEndpointConfig': async ({ clients }, options) =>
      (await clients.sagemaker()).describeEndpointConfig({ EndpointConfigName: nobody }, options),
    'sagemaker:ListMonitoringSchedules': async ({ clients }, options) =>
      (await clients.sagemaker()).listMonitoringSchedules({ MaxResults: 1 }, options),
    'sagemaker:DescribeMonitoringSchedule': async ({ clients }, options) =>
      (await clients.sagemaker()).describeMonitoringSchedule({ MonitoringScheduleName: nobody }, options),
    'logs:DescribeLogStreams': async (account, options) =>
      (await account.clients.logs()).describeLogStreams({ logGroupName: logsOf(account), limit: 1 }, options),
    'logs:GetLogEvents': async (account, options) =>
      (await account.clients.logs()).getLogEvents(
        { logGroupName: logsOf(account), logStreamName: nobody, limit: 1 },
        options,
      ),
  },
  finds: {
    endpoint: async ({ clients }, EndpointName, options) =>
      (await (await clients.sagemaker()).describeEndpoint({ EndpointName }, options)).EndpointArn,
    'endpoint-config': async ({ clients }, EndpointConfigName, options) =>
      (await (await clients.sagemaker()).describeEndpointConfig({ EndpointConfigName }, options)).EndpointConfigArn,
  },
  touches: {
    CreateEndpoint: endpoint,
    UpdateEndpoint: endpoint,
    UpdateEndpointWeightsAndCapacities: endpoint,
    DeleteEndpoint: endpoint,
    CreateEndpointConfig: config,
    DeleteEndpointConfig: config,
  },
});
