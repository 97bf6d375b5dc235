import type { PageView } from './blocks.js';
import { quietActions } from '../actions.js';
import type { ReportContext } from '../report-context.js';

export type PageContext = Pick<ReportContext, 'now' | 'commands'>;

/** A page with what most pages share filled in. */
export function page(
  context: PageContext,
  parts: Pick<PageView, 'about' | 'title' | 'headline' | 'summary' | 'blocks'> & Partial<PageView>,
): PageView {
  return { kind: 'page', origin: null, answer: null, facts: [], actions: quietActions(context), ...parts };
}

/** Said on top of what another system wrote. */
export const othersOrigin =
  'Another system wrote this document. It is shown as it is; what it does not record says so.';
