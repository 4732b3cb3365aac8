import type { Store } from '../ports.ts';
import type { WorkingGroup } from '../schedule/event.ts';
import { createSchedule, type Schedule } from '../schedule/schedule.ts';

/** Gives out a group's schedule, loaded once per revision however many ask at the same time. */
export interface Schedules {
  /** @param group as the store has it at the moment; what comes back is its revision or a later one */
  current(group: Pick<WorkingGroup, 'id' | 'revision'>): Promise<Schedule>;
}

export function createSchedules(store: Pick<Store, 'load'>): Schedules {
  const held = new Map<string, Schedule>();
  const loading = new Map<string, Promise<Schedule>>();

  const load = async (id: string): Promise<Schedule> => {
    const schedule = createSchedule(await store.load(id));
    held.set(id, schedule);
    return schedule;
  };
  const pending = (id: string): Promise<Schedule> => {
    let promise = loading.get(id);
    if (!promise) loading.set(id, (promise = load(id).finally(() => loading.delete(id))));
    return promise;
  };

  return {
    async current({ id, revision }) {
      const known = held.get(id);
      if (known?.group.revision === revision) return known;
      const schedule = await pending(id);
      // Others were being served already, and what they get was read before the change that this one knows of.
      return schedule.group.revision < revision ? pending(id) : schedule;
    },
  };
}
