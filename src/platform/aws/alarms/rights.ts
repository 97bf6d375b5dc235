import { named, nobody, read, rightsOf, write } from '../rights/rights.js';

/** Metrics, alarms and dashboards. */
export const alarmRights = rightsOf({
  needs({ arn, global, name }) {
    const dashboards = global('cloudwatch', `dashboard/${name}-*`);
    return [
      read('cloudwatch', ['DescribeAlarms', 'DescribeAlarmHistory', 'GetMetricData'], '*'),
      read('cloudwatch', ['GetDashboard'], dashboards),
      read('cloudwatch', ['ListDashboards', 'ListTagsForResource'], '*'),
      write('cloudwatch', ['PutMetricData'], '*'),
      write(
        'cloudwatch',
        ['PutMetricAlarm', 'PutCompositeAlarm', 'SetAlarmState', 'DeleteAlarms', 'TagResource'],
        arn('cloudwatch', 'alarm:*'),
      ),
      write('cloudwatch', ['PutDashboard', 'DeleteDashboards'], dashboards),
    ];
  },
  probes: {
    'cloudwatch:DescribeAlarms': async ({ clients }, options) =>
      (await clients.cloudwatch()).describeAlarms({ MaxRecords: 1 }, options),
    'cloudwatch:DescribeAlarmHistory': async ({ clients }, options) =>
      (await clients.cloudwatch()).describeAlarmHistory({ MaxRecords: 1 }, options),
    'cloudwatch:GetMetricData': async ({ clients }, options) => {
      const Metric = { Namespace: 'AWS/SageMaker', MetricName: 'Invocations' };
      const EndTime = new Date();
      const StartTime = new Date(EndTime.getTime() - 60_000);
      const MetricDataQueries = [{ Id: 'm', MetricStat: { Metric, Period: 60, Stat: 'Sum' } }];
      return (await clients.cloudwatch()).getMetricData({ StartTime, EndTime, MetricDataQueries }, options);
    },
    'cloudwatch:GetDashboard': async ({ clients, project }, options) =>
      (await clients.cloudwatch()).getDashboard({ DashboardName: `${project.file.name}-${nobody}` }, options),
    'cloudwatch:ListDashboards': async ({ clients, project }, options) =>
      (await clients.cloudwatch()).listDashboards({ DashboardNamePrefix: `${project.file.name}-` }, options),
  },
  finds: {
    async alarm({ clients }, name, options) {
      const request = { AlarmNames: [name], AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const] };
      const found = await (await clients.cloudwatch()).describeAlarms(request, options);
      return [...(found.MetricAlarms ?? []), ...(found.CompositeAlarms ?? [])][0]?.AlarmArn;
    },
  },
  touches: {
    PutMetricAlarm: named('alarm', 'AlarmName'),
    PutCompositeAlarm: named('alarm', 'AlarmName'),
    SetAlarmState: named('alarm', 'AlarmName'),
    DeleteAlarms: named('alarm', 'AlarmNames'),
    PutDashboard: named('dashboard', 'DashboardName'),
    DeleteDashboards: named('dashboard', 'DashboardNames'),
    PutMetricData: 'nothing',
  },
});
