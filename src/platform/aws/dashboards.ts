import { BrokenError, RefusedError } from '../../common/errors.js';
import type { DashboardReader, DashboardWriter } from '../cloud-ports.js';
import { dashboardMark, isDashboardOf } from '../../project/names.js';
import { isMissing } from './explain.js';
import type { Account } from './place.js';

/** CloudWatch's dashboards: one set an account, whatever the region. */
export function dashboardReader({ clients }: Account): DashboardReader {
  return {
    async read(name, { signal } = {}) {
      const cloudwatch = await clients.cloudwatch();
      try {
        return (await cloudwatch.getDashboard({ DashboardName: name }, { abortSignal: signal })).DashboardBody;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async list(prefix, { token, signal } = {}) {
      const cloudwatch = await clients.cloudwatch();
      const request = { DashboardNamePrefix: prefix, NextToken: token };
      const found = await cloudwatch.listDashboards(request, { abortSignal: signal });
      return {
        items: (found.DashboardEntries ?? []).map(({ DashboardName = '' }) => DashboardName),
        next: found.NextToken,
      };
    },
  };
}

/** Writes and deletes nothing that is there and is not the environment's own. */
export function dashboardWriter(account: Account): DashboardWriter {
  const { clients, project, settings } = account;
  const reader = dashboardReader(account);
  const { name: environment, region = '' } = settings;
  const owner = { project: project.file.name, environment, region };
  const mustBeOurs = async (name: string, signal?: AbortSignal) => {
    const body = await reader.read(name, { signal });
    if (body === undefined || isDashboardOf(owner, body)) return;
    throw new RefusedError(
      `dashboard ${name} is there and does not say "${dashboardMark(owner)}", so it may be somebody else's and is left ` +
        'as it is; rename it in CloudWatch, or put these words into a text widget of it to hand it over',
    );
  };
  return {
    async put(name, body, { signal } = {}) {
      await mustBeOurs(name, signal);
      const cloudwatch = await clients.cloudwatch();
      const request = { DashboardName: name, DashboardBody: body };
      const { DashboardValidationMessages: found = [] } = await cloudwatch.putDashboard(request, {
        abortSignal: signal,
      });
      // The dashboard is there, but part of it shows nothing: whoever applied it must know.
      if (found.length > 0) {
        const told = found.map(({ DataPath, Message }) => `${DataPath}: ${Message}`).join('; ');
        throw new BrokenError(`dashboard ${name}: CloudWatch took it, but says: ${told}`);
      }
    },
    async remove(names, { signal } = {}) {
      for (const name of names) await mustBeOurs(name, signal);
      const cloudwatch = await clients.cloudwatch();
      await cloudwatch.deleteDashboards({ DashboardNames: names }, { abortSignal: signal });
    },
  };
}
