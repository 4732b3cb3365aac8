import { expect, test } from 'vitest';
import { mayAct, ROLES, type Role } from '../../src/engine/access.ts';

test('each role reaches itself and those below it, and nothing above', () => {
  const table = ROLES.map((role) => ROLES.map((needed) => mayAct(role, needed)));
  expect(table).toEqual([
    [true, false, false],
    [true, true, false],
    [true, true, true],
  ]);
});

test('what is no role reaches nothing, and a need that is no role is never met', () => {
  expect(mayAct('owner' as Role, 'viewer')).toBe(false);
  expect(mayAct('admin', 'owner' as Role)).toBe(false);
});
