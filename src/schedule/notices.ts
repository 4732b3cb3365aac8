import type { ScheduleChange, Write } from '../ports.ts';

type EventWrite = Extract<Write, { type: 'event' }>;

/** The writes of a change of which a group's followers are told: none of a silent change, and never a draft. */
export function noticesOf({ tell, writes }: Pick<ScheduleChange, 'tell' | 'writes'>): readonly EventWrite[] {
  if (tell !== true) return [];
  return writes.filter((write) => write.type === 'event').filter(({ after }) => after.visibility === 'published');
}
