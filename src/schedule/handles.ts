import type { Write } from '../ports.ts';
import type { Schedule } from './schedule.ts';

/** That an event would get a short name that another one has. */
export interface HandleProblem {
  readonly code: 'handle-taken';
  readonly handle: string;
  /** The title of the event that has it. */
  readonly by: string;
}

/** The short names that a change would give away twice. Those that it sets free are free. */
export function handleProblems(writes: readonly Write[], schedule: Schedule): readonly HandleProblem[] {
  const events = writes.filter((write) => write.type === 'event');
  const touched = new Set(events.map(({ after }) => after.uid));
  const given = new Map<string, string>();
  return events.flatMap(({ before, after: { uid, handle, title } }): readonly HandleProblem[] => {
    const earlier = given.get(handle);
    given.set(handle, title);
    if (earlier !== undefined) return [{ code: 'handle-taken', handle, by: earlier }];
    const holder = before?.handle === handle ? undefined : schedule.byHandle(handle);
    if (holder === undefined || holder.uid === uid || touched.has(holder.uid)) return [];
    return [{ code: 'handle-taken', handle, by: holder.title }];
  });
}
