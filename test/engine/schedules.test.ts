import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { createBot } from '../../src/engine/dispatch.ts';
import { createSchedules } from '../../src/engine/schedules.ts';
import { english } from '../../src/language/index.ts';
import type { ScheduleData } from '../../src/ports.ts';
import { workingGroup } from '../support/store-samples.ts';
import { house } from '../support/house.ts';
import { countedIdentity } from '../support/identity.ts';

/** A store whose loads end when the test says so, each with the revision that it says. */
function heldStore() {
  const loads: ((revision: number) => void)[] = [];
  const load = () =>
    new Promise<ScheduleData>((resolve) => {
      loads.push((revision) => {
        resolve({ group: workingGroup({ revision }), events: [], notes: [] });
      });
    });
  return { schedules: createSchedules({ load }), loads };
}

const at = (revision: number) => ({ id: workingGroup().id, revision });

test('a revision is loaded once, however many ask', async () => {
  const { schedules, loads } = heldStore();
  const asked = [schedules.current(at(1)), schedules.current(at(1))];
  loads[0]?.(1);
  const [first, second] = await Promise.all(asked);
  expect(first).toBe(second);
  expect(await schedules.current(at(1))).toBe(first);
  expect(loads).toHaveLength(1);
});

test('a new revision is loaded anew', async () => {
  const { schedules, loads } = heldStore();
  const before = schedules.current(at(1));
  loads[0]?.(1);
  await before;
  const after = schedules.current(at(2));
  loads[1]?.(2);
  expect((await after).group.revision).toBe(2);
});

test('whoever knows of a change gets it, although an older revision was still being loaded', async () => {
  const { schedules, loads } = heldStore();
  const before = schedules.current(at(1));
  const after = schedules.current(at(2));
  loads[0]?.(1);
  expect((await before).group.revision).toBe(1);
  await expect.poll(() => loads.length).toBe(2);
  loads[1]?.(2);
  expect((await after).group.revision).toBe(2);
});

test('a load that fails is tried again by the next who asks', async () => {
  let isDown = true;
  const load = () =>
    isDown
      ? Promise.reject(new Error('unreachable'))
      : Promise.resolve({ group: workingGroup({ revision: 1 }), events: [], notes: [] });
  const schedules = createSchedules({ load });
  await expect(schedules.current(at(1))).rejects.toThrow('unreachable');
  isDown = false;
  expect((await schedules.current(at(1))).group.revision).toBe(1);
});

test('a bot answers from what the rest of its house has loaded', async () => {
  const rooms = await house();
  let loads = 0;
  const load = (id: string) => {
    loads += 1;
    return rooms.store.load(id);
  };
  const schedules = createSchedules({ load });
  for (const group of await rooms.store.groups()) await schedules.current(group);
  const bot = createBot({
    ...rooms,
    schedules,
    identity: countedIdentity(),
    commands,
    languages: [english],
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    roleOf: () => 'viewer',
  });
  const actor = { platform: 'console', tenant: '', user: 'ada', name: 'Ada' };
  const reply = await bot.handle({ actor, input: { type: 'line', line: 'show unece' } });
  expect([reply.outcome, reply.card.elements.length > 0, loads]).toEqual(['answered', true, 1]);
});
