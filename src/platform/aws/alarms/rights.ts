import { nobody, read, write, type Rights } from '../rights/rights.js';

/** Metrics, alarms and dashboards. */
export const alarmRights: Rights = {
  needs({ arn, global, name }) {
    const dashboards = global('cloudwatch', `dashboard/${name}-*`);
    return [
      read('cloudwatch', ['DescribeAlarms', 'DescribeAlarmHistory', 'GetMetricData'], '*'),
      read('cloudwatch', ['GetDashboard'], dashboards),
      read('cloudwatch', ['ListDashboards', 'ListTagsForResource'], '*'),
      write('cloudwatch', ['PutMetricData'], '*'),
      write(
        'cloudwatch',
        ['PutMetricAlarm', 'PutCompositeAlarm', 'DeleteAlarms', 'TagResource'],
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
};
