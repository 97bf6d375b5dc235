import * as z from 'zod';
import { passwordHashSchema } from '../common/password.js';

/** What a caller of the served API may do, each with all before it. */
export const apiRoles = ['viewer', 'predictor', 'operator', 'admin'] as const;
export type ApiRoleName = (typeof apiRoles)[number];

/** Whether a role is enough where another one is asked for. */
export function mayAct(role: ApiRoleName, needed: ApiRoleName): boolean {
  return apiRoles.indexOf(role) >= apiRoles.indexOf(needed);
}

export const apiUserSchema = z.object({
  name: z.string().min(1),
  role: z.enum(apiRoles),
  password: passwordHashSchema,
  /** When it was added, ISO 8601: a token that is older is another user's of that name. */
  since: z.string(),
});
export type ApiUser = z.infer<typeof apiUserSchema>;

/** Who may call the served API, and the key that their tokens are signed with. Lies outside of every project. */
export const apiUsersSchema = z.object({
  kind: z.literal('api-users'),
  schemaVersion: z.literal(1),
  /** 32 random bytes in base64. */
  key: z.string().min(43),
  users: z.array(apiUserSchema),
});
export type ApiUsers = z.infer<typeof apiUsersSchema>;
