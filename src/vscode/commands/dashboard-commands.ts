import { showDashboard } from '../../operations/reports/dashboard.js';
import type { Places } from '../objects/places.js';
import { livePageMs, type PagePanels } from '../report/page-panels.js';
import { quietly } from '../session/quietly.js';
import type { Session } from '../session/session.js';
import { saidIn } from './arguments.js';
import type { Handlers } from './register.js';

const usualHours = 3;

/** What the endpoint does now, as a page that follows it. */
export function dashboardCommands(
  session: Session,
  { environmentNamed }: Pick<Places, 'environmentNamed'>,
  pages: PagePanels,
): Pick<Handlers, 'mlops.openDashboard'> {
  return {
    'mlops.openDashboard': (argument) => {
      const { project, environment } = session.require();
      const { hours = usualHours } = saidIn<{ hours: number }>(argument);
      const { name } = environment;
      const read = async () => {
        const at = quietly({ project, environment: await environmentNamed(name) });
        return showDashboard.run(at, { hours });
      };
      pages.show(`${name} dashboard`, `Dashboard: ${project.file.endpoint.name}`, read, { every: livePageMs });
    },
  };
}
