import type { RunsAsk, RunsNews } from '../../src/report/runs/protocol.js';
import { firstQuery, type RunsQuery } from '../../src/report/runs/query.js';

/** How a person has arranged the page; it stands the same after a reload. */
export interface PageState {
  query: RunsQuery;
  /** Chosen columns; null: those that are shown first. */
  columns: string[] | null;
  /** Ids, in the order in which they were selected. */
  selected: string[];
  /** The project and environment whose runs they are; null before the page has shown any. */
  place: string | null;
  /** How far the table is scrolled, in rows. */
  top: number;
}

interface VsCodeApi {
  postMessage(message: RunsAsk): void;
  setState(state: PageState): void;
  getState(): PageState | undefined;
}
declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

export const say = (message: RunsAsk): void => api.postMessage(message);

export const onNews = (listener: (news: RunsNews) => void): void =>
  window.addEventListener('message', ({ data }: MessageEvent<RunsNews>) => listener(data));

export const state: PageState = api.getState() ?? {
  query: firstQuery,
  columns: null,
  selected: [],
  place: null,
  top: 0,
};

export const keepState = (): void => api.setState(state);
