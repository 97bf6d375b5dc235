import {
  bytesOf,
  rateOf,
  routeKind,
  secondsOf,
  type Api,
  type ApiRoute,
  type RouteKind,
} from '../../project/parts/api-schema.js';
import type { ApiUsers } from '../../documents/api-users.js';
import type { Predictor } from '../predictor.js';
import type { Serving } from '../traffic.js';
import { openSessions } from './auth/sessions.js';
import { signIn, type SignIn } from './auth/sign-in.js';
import { tokens } from './auth/tokens.js';
import { openFeedback, type Feedback } from './feedback/feedback.js';
import { fieldsOf, type Fields } from './fields.js';
import { apiFigures, type ApiFigures } from './metrics.js';
import { rateLimit, type RateLimit } from './rate-limit.js';
import type { Layout } from './read-request.js';

/** Where an api keeps what has to outlast its process, and who may call it. */
export interface ApiPlace {
  /** Tells this service's tokens from those of others: `<project>/<endpoint>`. */
  audience: string;
  /** Undefined: nothing is kept, as in a container. */
  kept?: { folder: string; temporary: string };
  users: () => ApiUsers | undefined;
  /** Whether who sends this `Authorization` collects figures, and so may read `/metrics` without signing in. */
  scrapes?: (authorization: string) => boolean;
}

/** A route as the project wrote it, with what it takes over from the route that predicts. */
export interface OpenedRoute {
  path: string;
  kind: RouteKind;
  route: ApiRoute;
  layout: Layout;
  /** The fields of a request, as the model that serves now has them. */
  fields(): Fields;
}

/** The api of a project, ready to answer. */
export interface OpenedApi {
  api: Api;
  routes: OpenedRoute[];
  /** Present where the project has a route for feedback. */
  feedback?: Feedback;
  signIn?: SignIn;
  rate?: RateLimit;
  /** Largest body, in bytes. */
  most: number;
  figures: ApiFigures;
  scrapes?: ApiPlace['scrapes'];
}

const usualWindow = 1000;

/** Opens what the routes of a project's api work with. @throws DamagedFile for kept sessions that cannot be read */
export async function openApi(api: Api, place: ApiPlace, serving: () => Serving): Promise<OpenedApi> {
  const { auth, limits } = api;
  const predictor = () => serving().variants[0]!.predictor;
  const routes = openRoutes(api, predictor);
  const feedback = routes.find(({ kind }) => kind === 'feedback');
  const isSignedIn = auth?.kind === 'jwt';
  const expires = isSignedIn ? secondsOf(auth.expires) : 0;
  return {
    ...{ api, routes, most: bytesOf(limits.body), figures: apiFigures(), scrapes: place.scrapes },
    feedback: feedback && (await openFeedback(feedback.route.window ?? usualWindow, place.kept?.folder)),
    signIn: isSignedIn
      ? signIn({
          ...{ users: place.users, expires },
          tokens: tokens(place.audience, () => place.users()?.key, expires),
          sessions: await openSessions(secondsOf(auth.refresh), place.kept),
        })
      : undefined,
    rate: limits.requests === undefined ? undefined : rateLimit(rateOf(limits.requests)),
  };
}

function openRoutes({ routes }: Api, predictor: () => Predictor): OpenedRoute[] {
  const known = Object.entries(routes).flatMap(([path, route]) => {
    const kind = routeKind(path, route);
    return kind === undefined ? [] : [{ path, route, kind }];
  });
  const predicts = known.find(({ kind }) => kind === 'predict')?.route;
  return known.map(({ path, route, kind }) => {
    const { input = predicts?.input, extra = predicts?.extra, alike = predicts?.alike } = route;
    const fieldsFor = onceFor<Predictor, Fields>(({ inputs }) => fieldsOf(inputs, { input, extra, alike }));
    const isFeedback = kind === 'feedback';
    const label = route.label ?? (isFeedback ? (predicts?.label ?? 'label') : undefined);
    // What is sent back to judge a prediction is laid out as what was sent to get it.
    const body =
      route.body ?? (kind === 'batch-predict' ? 'data' : isFeedback ? (predicts?.body ?? 'record') : 'record');
    return { path, kind, route, layout: { body, label, maxRows: route.maxRows }, fields: () => fieldsFor(predictor()) };
  });
}

/** Works something out once for each object it is of. */
function onceFor<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, Value>();
  return (key) => {
    const found = made.get(key) ?? make(key);
    made.set(key, found);
    return found;
  };
}
