import { answerNames } from './answer-words.js';
import type { OpenedApi, OpenedRoute } from './api-service.js';
import type { Field, Fields } from './fields.js';
import { idField } from './read-request.js';

type Schema = Record<string, unknown>;

const text: Schema = { type: 'string' };
const fault: Schema = {
  type: 'object',
  required: ['loc', 'msg', 'type'],
  properties: { loc: { type: 'array', items: { type: ['string', 'integer'] } }, msg: text, type: text },
};

/** The OpenAPI 3.1 document of an api (spec.openapis.org/oas/v3.1.0): every route with what it takes and answers. */
export function openApiDocument(opened: OpenedApi, title: string, version: string): Schema {
  const { routes, signIn, api } = opened;
  const isOpen = api.auth?.kind === 'none';
  const security = isOpen ? [] : [{ bearer: [] }];
  const paths = Object.fromEntries(routes.map((route) => [route.path, pathOf(route, security)]));
  return {
    openapi: '3.1.0',
    info: { title, version, description: `The served model of ${title}.` },
    paths: { ...paths, ...ownPaths(security), ...(signIn ? authPaths : {}) },
    components: {
      ...(isOpen ? {} : { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } }),
      schemas: { Refused: refused, NotValid: notValid },
    },
  };
}

const refused: Schema = { type: 'object', properties: { detail: text, error: text, timestamp: text } };
const notValid: Schema = {
  type: 'object',
  required: ['detail'],
  properties: { detail: { type: 'array', items: fault } },
};
const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

function pathOf(own: OpenedRoute, security: unknown): Schema {
  const { kind, path } = own;
  const operation = { operationId: path.slice(1).replace(/[^\w]+/g, '_'), summary: summaries[kind], security };
  if (kind === 'model-info') return { get: { ...operation, responses: answers({ type: 'object' }) } };
  const requestBody = { required: true, content: content(bodySchema(own)) };
  return { post: { ...operation, requestBody, responses: answers(answerSchema(own), true) } };
}

const summaries: Record<OpenedRoute['kind'], string> = {
  predict: 'Predict one record',
  'batch-predict': 'Predict many records',
  feedback: 'Say what became true',
  'model-info': 'What is served',
};

function content(schema: Schema): Schema {
  return { 'application/json': { schema } };
}

function answers(schema: Schema, takesBody = false): Schema {
  const refuses = (description: string, name = 'Refused') => ({ description, content: content(reference(name)) });
  return {
    200: { description: 'The answer', content: content(schema) },
    ...(takesBody && {
      400: refuses('Cannot be read'),
      422: refuses('Every field that is wrong', 'NotValid'),
    }),
    401: refuses('Who asks is not known'),
    403: refuses('Who asks may not'),
    429: refuses('Too many requests'),
    503: refuses('Too many requests wait'),
  };
}

function bodySchema(own: OpenedRoute): Schema {
  const { layout, kind } = own;
  const fields = own.fields();
  const beside = {
    [idField]: { ...text, description: 'A name for the prediction, by which its label can come later.' },
  };
  const label = layout.label === undefined ? {} : { [layout.label]: { description: 'What became true.' } };
  if (kind === 'feedback') {
    const byId = {
      type: 'object',
      required: [idField, layout.label],
      properties: { ...beside, ...label, replace: { type: 'boolean' } },
      additionalProperties: false,
    };
    return { anyOf: [byId, laidOut(own, recordSchema(fields, { ...beside, ...label }, [layout.label!]))] };
  }
  return laidOut(own, recordSchema(fields, { ...beside, ...label }));
}

function laidOut({ layout }: OpenedRoute, record: Schema): Schema {
  const list = { type: 'array', minItems: 1, maxItems: layout.maxRows };
  switch (layout.body) {
    case 'record':
      return record;
    case 'features':
      return { type: 'object', required: ['features'], properties: { features: record } };
    case 'data':
      return { type: 'object', required: ['data'], properties: { data: { ...list, items: record } } };
    case 'dataframe': {
      const data = { ...list, items: { type: 'array' } };
      const split = {
        type: 'object',
        required: ['data'],
        properties: { columns: { type: 'array', items: text }, data },
      };
      const inputs = { type: 'object', required: ['dataframe_split'], properties: { dataframe_split: split } };
      return { anyOf: [{ type: 'object', required: ['inputs'], properties: { inputs } }, split] };
    }
  }
}

function recordSchema({ columns, extra }: Fields, beside: Record<string, Schema>, also: string[] = []): Schema {
  const all = [...columns, ...extra];
  const required = [...all.filter(({ optional }) => !optional).map(({ name }) => name), ...also];
  const own = Object.fromEntries(all.map((field) => [field.name, fieldSchema(field)]));
  // Other spellings of a name are taken too, so that other names are not shut out here.
  return { type: 'object', required, properties: { ...own, ...beside } };
}

const types: Record<Field['type'], string[]> = {
  ...{ number: ['number'], integer: ['integer'], text: ['string'], boolean: ['boolean'] },
  ...{ 'any number': ['number', 'boolean'], category: ['string', 'number', 'boolean'] },
};

function fieldSchema({ type, optional, min, max, values, length }: Field): Schema {
  const all = [...types[type], ...(optional ? ['null'] : [])];
  return {
    type: all.length === 1 ? all[0] : all,
    ...(min !== undefined && { minimum: min }),
    ...(max !== undefined && { maximum: max }),
    ...(values !== undefined && { enum: optional ? [...values, null] : values }),
    ...(length !== undefined && { maxLength: length }),
  };
}

const lists = new Set(['prediction', 'probability', 'probabilities', 'inference_id', 'drift_score']);

function answerSchema({ route, kind }: OpenedRoute): Schema {
  if (kind === 'feedback')
    return { type: 'object', properties: { status: text, outcome: text, n: { type: 'integer' } } };
  const rows = kind === 'batch-predict';
  const names = answerNames(route, rows);
  const properties = Object.fromEntries(
    names.map(([name, figure]) => [name, rows && lists.has(figure) ? { type: 'array' } : {}]),
  );
  return { type: 'object', properties };
}

/** What every service answers. */
function ownPaths(security: unknown): Schema {
  const get = (summary: string, type: string, may: unknown) => ({
    get: { summary, security: may, responses: { 200: { description: 'The answer', content: { [type]: {} } } } },
  });
  return {
    '/health': get('Whether it is well', 'application/json', []),
    '/metrics': get('Figures in the text format of Prometheus', 'text/plain', security),
  };
}

const signed = {
  200: { description: 'Tokens', content: content({ type: 'object' }) },
  401: { description: 'Refused' },
};
const sent = (...names: string[]) => ({
  required: true,
  content: content({
    type: 'object',
    required: names,
    properties: Object.fromEntries(names.map((name) => [name, text])),
  }),
});
const authPaths: Schema = {
  '/auth/login': {
    post: { summary: 'Sign in', security: [], requestBody: sent('username', 'password'), responses: signed },
  },
  '/auth/refresh': {
    post: { summary: 'Stay signed in', security: [], requestBody: sent('refresh_token'), responses: signed },
  },
  '/auth/logout': {
    post: { summary: 'Sign out', security: [{ bearer: [] }], responses: signed },
  },
};
