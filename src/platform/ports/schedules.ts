import type { CallOptions } from './calls.js';

export interface MonitoringSchedule {
  name: string;
  /** `DataQuality`, `ModelQuality`, `ModelBias`, `ModelExplainability`. */
  type: string;
  /** `Scheduled`, `Stopped`, `Pending`, `Failed`. */
  status: string;
  /** As SageMaker writes it: `cron(0 * ? * * *)`. */
  schedule?: string;
  /** Why the schedule itself failed. */
  reason?: string;
  last?: { status: string; scheduledAt: string; reason?: string };
}

export interface ScheduleReader {
  /** Model Monitor's schedules of one endpoint, with their last execution; none where the account has none. */
  list(endpoint: string, options?: CallOptions): Promise<MonitoringSchedule[]>;
}
