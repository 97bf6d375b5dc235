import { jsonBody, type AwsRequest } from './request.js';

export type Json = Record<string, unknown>;
export interface Answer {
  status: number;
  body: Json;
}

/** What the double answers itself, from what it saw pass: moto has no such operation, or answers otherwise than AWS. */
export interface OwnAnswers {
  /** The answer, or undefined to leave it to moto. */
  answer(operation: string, request: AwsRequest): Answer | undefined;
  /** Tells of a request that moto has answered well; may replace the answer. */
  passed(operation: string, request: AwsRequest, answer: Buffer): Buffer;
}

interface HistoryItem {
  AlarmName: string;
  Timestamp: number;
  HistoryItemType: string;
  HistorySummary: string;
  HistoryData: string;
}

export function ownAnswers(): OwnAnswers {
  /** By name, with the time of creation in seconds. */
  const groups = new Map<string, number>();
  const endpoints = new Set<string>();
  const states = new Map<string, string>();
  const history: HistoryItem[] = [];

  const seen: Record<string, (body: Json) => void> = {
    CreateFeatureGroup: ({ FeatureGroupName }) => void groups.set(String(FeatureGroupName), Date.now() / 1000),
    DeleteFeatureGroup: ({ FeatureGroupName }) => void groups.delete(String(FeatureGroupName)),
    CreateEndpoint: ({ EndpointName }) => void endpoints.add(String(EndpointName)),
    DeleteEndpoint: ({ EndpointName }) => void endpoints.delete(String(EndpointName)),
    SetAlarmState({ AlarmName, StateValue, StateReason }) {
      const [name, to] = [String(AlarmName), String(StateValue)];
      const from = states.get(name) ?? 'INSUFFICIENT_DATA';
      states.set(name, to);
      if (from !== to) history.push(transition(name, from, to, String(StateReason)));
    },
  };

  const answers: Record<string, (body: Json) => Answer | undefined> = {
    ListFeatureGroups(body) {
      const summaries = [...groups].sort().map(([FeatureGroupName, CreationTime]) => {
        return { FeatureGroupName, FeatureGroupStatus: 'Created', CreationTime };
      });
      return { status: 200, body: page('FeatureGroupSummaries', summaries, body) };
    },
    DescribeFeatureGroup({ FeatureGroupName: name }) {
      if (groups.has(String(name))) return undefined;
      return { status: 400, body: { __type: 'ResourceNotFound', message: `FeatureGroup ${String(name)} not found` } };
    },
    DescribeAlarmHistory(body) {
      const items = history.filter(({ AlarmName }) => AlarmName === body.AlarmName).reverse();
      return { status: 200, body: page('AlarmHistoryItems', items, body) };
    },
  };

  return {
    answer(operation, request) {
      const invoked = /^POST \/endpoints\/([^/]+)\/invocations$/.exec(operation)?.[1];
      if (invoked !== undefined && !endpoints.has(invoked))
        return {
          status: 400,
          body: { __type: 'ValidationError', message: `Endpoint ${invoked} of account 123456789012 not found.` },
        };
      if (invoked !== undefined && request.body.toString() === 'refuse') return refusal;
      return operation in answers ? answers[operation]!(jsonBody(request)) : undefined;
    },
    passed(operation, request, answer) {
      seen[operation]?.(jsonBody(request));
      if (operation !== 'DescribeAlarms') return answer;
      const { MetricAlarms } = JSON.parse(answer.toString('utf8')) as { MetricAlarms: { AlarmName: string }[] };
      const alarms = MetricAlarms.map((alarm) => {
        return { ...alarm, StateValue: states.get(alarm.AlarmName) ?? 'INSUFFICIENT_DATA' };
      });
      return Buffer.from(JSON.stringify(page('MetricAlarms', alarms, jsonBody(request))));
    },
  };
}

/** What SageMaker makes of a model's own 400. */
const refusal: Answer = {
  status: 424,
  body: {
    __type: 'ModelError',
    Message: 'from primary',
    OriginalStatusCode: 400,
    OriginalMessage: 'a field is missing',
  },
};

function transition(name: string, from: string, to: string, reason: string): HistoryItem {
  return {
    AlarmName: name,
    Timestamp: Date.now() / 1000,
    HistoryItemType: 'StateUpdate',
    HistorySummary: `Alarm updated from ${from} to ${to}`,
    HistoryData: JSON.stringify({
      version: '1.0',
      oldState: { stateValue: from },
      newState: { stateValue: to, stateReason: reason },
    }),
  };
}

/** AWS's way of paging: a token, and as many as asked for. */
function page(field: string, items: unknown[], { NextToken, MaxResults, MaxRecords }: Json): Json {
  const from = Number(NextToken ?? 0);
  const to = from + Number(MaxResults ?? MaxRecords ?? 100);
  return { [field]: items.slice(from, to), ...(to < items.length ? { NextToken: String(to) } : {}) };
}
