/** What a person may do in a group, least first. An editor may do what a viewer may, an administrator everything. */
export const ROLES = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Whether `role` reaches `needed`. What is not a known role reaches nothing. */
export function mayAct(role: Role, needed: Role): boolean {
  const has = ROLES.indexOf(role);
  const needs = ROLES.indexOf(needed);
  return has >= 0 && needs >= 0 && has >= needs;
}
