import { mayAct, type Role } from '../engine/access.ts';
import { BotError } from '../errors.ts';
import type { ScheduleChange, Store } from '../ports.ts';
import { contentProblems, type ContentProblem } from './content.ts';
import { handleProblems, type HandleProblem } from './handles.ts';
import { changesRelations, relationProblems, type RelationProblem } from './relations.ts';
import type { Schedule } from './schedule.ts';

/** A change that somebody wants, and what decides whether they may make it. */
export interface WantedChange extends ScheduleChange {
  /** What they may do in the group, and what the change needs. */
  readonly role: Role;
  readonly access: Role;
}

/** What can be wrong with a change, by itself or beside what is there. */
export type ChangeProblem = ContentProblem | RelationProblem | HandleProblem;

/** What came of it: the new revision, or why nothing was written. */
export type Passage =
  | { readonly type: 'made'; readonly revision: number }
  | { readonly type: 'refused'; readonly problems: readonly ChangeProblem[] };

/** How often a change is checked anew because the schedule went on meanwhile. */
const ATTEMPTS = 50;

/** What is wrong with a change, as the schedule stands. */
export function problemsOf({ writes }: Pick<ScheduleChange, 'writes'>, schedule: Schedule): readonly ChangeProblem[] {
  return [...contentProblems(writes), ...handleProblems(writes, schedule), ...relationProblems(writes, schedule)];
}

/**
 * The one door to a schedule: checks the right and the value, and writes all of a change in one transaction, with its
 * audit entries, the new revision and the notices that follow.
 *
 * @param current loads the schedule as it is at the moment, drafts included
 * @throws BotError `denied`, and what {@link Store.commit} throws
 */
export async function changeSchedule(
  { role, access, ...change }: WantedChange,
  store: Pick<Store, 'commit'>,
  current: () => Promise<Schedule>,
): Promise<Passage> {
  if (!mayAct(role, access)) throw new BotError('denied', { command: change.action, role: access });
  const isBound = changesRelations(change.writes);
  for (let attempt = 1; ; attempt += 1) {
    const schedule = await current();
    const problems = problemsOf(change, schedule);
    if (problems.length > 0) return { type: 'refused', problems };
    try {
      const basedOn = isBound ? { basedOn: schedule.group.revision } : {};
      return { type: 'made', revision: await store.commit({ ...change, ...basedOn }) };
    } catch (error) {
      const isLate = error instanceof BotError && error.code === 'moved-on';
      if (!isLate || attempt === ATTEMPTS) throw error;
    }
  }
}
