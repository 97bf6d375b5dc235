import type { PartName } from '../common/parts.js';

/** What a project's resources are called wherever it runs. */

/** One of the four feature groups of a project. */
export function featureGroupName(project: string, part: PartName): string {
  return `${project}-${part}`;
}

/** The model group of a project: one registry group a project. */
export function modelGroupName(project: string): string {
  return project;
}

/** One environment of a project, in one region: an account has one set of dashboards for all of them. */
export interface DashboardOwner {
  project: string;
  environment: string;
  region: string;
}

/** At most 255 letters, digits, dashes and underscores, as CloudWatch takes it. */
export function dashboardName({ project, environment, region }: DashboardOwner, endpoint: string): string {
  return [project, environment, region, 'endpoint', endpoint].join('-');
}

/** By which a dashboard is known as its owner's: dashboards carry no tags, so it stands at the end of a line in its body. */
export function dashboardMark({ project, environment, region }: DashboardOwner): string {
  return `mlops:project=${project} mlops:environment=${environment} mlops:region=${region}`;
}

/** Whether a dashboard's body carries the mark of exactly this owner, and not of one whose name begins like it. */
export function isDashboardOf(owner: DashboardOwner, body: string): boolean {
  const mark = dashboardMark(owner).replace(/[^\w\s]/g, '\\$&');
  return new RegExp(`${mark}["\\\\\\s]`).test(body);
}
