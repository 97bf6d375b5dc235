import { done, page, refusal, type Json, type Part } from './part.js';

interface Schedule {
  createdAt: number;
  config: Json;
  endpoint: string;
  last?: Json;
}

export interface Schedules {
  part: Part;
  /** The schedule's last execution ended so. */
  ran(name: string, status: string, reason?: string): void;
}

/** Monitoring schedules: moto knows none. Shapes as SageMaker's, whose accounts may have them no more. */
export function schedules(): Schedules {
  const all = new Map<string, Schedule>();
  const nameOf = ({ MonitoringScheduleName }: Json) => String(MonitoringScheduleName);
  const arnOf = (name: string) => `arn:aws:sagemaker:us-east-1:123456789012:monitoring-schedule/${name}`;
  const summary = (name: string, { createdAt, config, endpoint }: Schedule) => ({
    ...{ MonitoringScheduleName: name, MonitoringScheduleArn: arnOf(name), MonitoringScheduleStatus: 'Scheduled' },
    ...{ CreationTime: createdAt, LastModifiedTime: createdAt, EndpointName: endpoint },
    MonitoringType: config.MonitoringType,
  });
  return {
    part: {
      answers: {
        CreateMonitoringSchedule(body) {
          const config = body.MonitoringScheduleConfig as Json;
          const definition = config.MonitoringJobDefinition as { MonitoringInputs: Json[] };
          const { EndpointName } = definition.MonitoringInputs[0]!.EndpointInput as Json;
          all.set(nameOf(body), { createdAt: Date.now() / 1000, config, endpoint: String(EndpointName) });
          return done({ MonitoringScheduleArn: arnOf(nameOf(body)) });
        },
        ListMonitoringSchedules(body) {
          const found = [...all].filter(([, { endpoint }]) =>
            [undefined, endpoint].includes(body.EndpointName as string),
          );
          const summaries = found.sort().map(([name, schedule]) => summary(name, schedule));
          return done(page('MonitoringScheduleSummaries', summaries, body));
        },
        DescribeMonitoringSchedule(body) {
          const schedule = all.get(nameOf(body));
          if (schedule === undefined)
            return refusal('ResourceNotFound', `MonitoringSchedule ${nameOf(body)} does not exist.`);
          const { config, last } = schedule;
          return done({
            ...summary(nameOf(body), schedule),
            MonitoringScheduleConfig: config,
            ...(last === undefined ? {} : { LastMonitoringExecutionSummary: last }),
          });
        },
      },
    },
    ran(name, status, reason) {
      const schedule = all.get(name)!;
      const at = Date.now() / 1000;
      schedule.last = {
        ...{ MonitoringScheduleName: name, EndpointName: schedule.endpoint, MonitoringExecutionStatus: status },
        ...{ ScheduledTime: at, CreationTime: at, LastModifiedTime: at, FailureReason: reason },
      };
    },
  };
}
