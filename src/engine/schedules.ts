import type { Store } from '../ports.ts';
import { createSchedule, type Schedule } from '../schedule/schedule.ts';

/** Gives out a group's schedule, loaded once per revision however many ask at the same time. */
export interface Schedules {
  current(groupId: string): Promise<Schedule>;
}

export function createSchedules(store: Pick<Store, 'revision' | 'load'>): Schedules {
  const held = new Map<string, Schedule>();
  const loading = new Map<string, Promise<Schedule>>();

  const load = async (groupId: string): Promise<Schedule> => {
    const schedule = createSchedule(await store.load(groupId));
    const known = held.get(groupId);
    if (!known || known.group.revision <= schedule.group.revision) held.set(groupId, schedule);
    return schedule;
  };

  return {
    async current(groupId) {
      const known = held.get(groupId);
      if (known) {
        const revision = await store.revision(groupId);
        if (revision === known.group.revision) return known;
      }
      let pending = loading.get(groupId);
      if (!pending) {
        pending = load(groupId).finally(() => loading.delete(groupId));
        loading.set(groupId, pending);
      }
      return pending;
    },
  };
}
