import { BrokenError } from '../../../common/errors.js';
import type { DashboardReader, DashboardWriter } from '../../ports/dashboards.js';
import { readDashboard } from '../ownership/dashboard-body.js';
import { mustBeOurs } from '../ownership/ownership.js';
import type { Account } from '../account/place.js';

/** CloudWatch's dashboards: one set an account, whatever the region. */
export function dashboardReader(account: Account): DashboardReader {
  const { clients } = account;
  return {
    read: (name, { signal } = {}) => readDashboard(account, name, signal),
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
  const { clients } = account;
  const mustBeMine = (name: string, signal?: AbortSignal) =>
    mustBeOurs(account, { kind: 'dashboard', name }, { signal });
  return {
    async put(name, body, { signal } = {}) {
      await mustBeMine(name, signal);
      const cloudwatch = await clients.cloudwatch();
      const request = { DashboardName: name, DashboardBody: body };
      const { DashboardValidationMessages: found = [] } = await cloudwatch.putDashboard(request, {
        abortSignal: signal,
      });
      // The dashboard is there, but part of it shows nothing: the person who applied it must know.
      if (found.length > 0) {
        const told = found.map(({ DataPath, Message }) => `${DataPath}: ${Message}`).join('; ');
        throw new BrokenError(`dashboard ${name}: CloudWatch took it, but says: ${told}`);
      }
    },
    async remove(names, { signal } = {}) {
      for (const name of names) await mustBeMine(name, signal);
      const cloudwatch = await clients.cloudwatch();
      await cloudwatch.deleteDashboards({ DashboardNames: names }, { abortSignal: signal });
    },
  };
}
