import { planImport } from '../../src/calendar/import.ts';
import type { ImportContext, ImportPlan } from '../../src/calendar/import.ts';
import type { ImportProblem, ImportProblems } from '../../src/calendar/problem.ts';
import type { ScheduleData } from '../../src/ports.ts';
import { countingIdentity, NOW, workingGroup } from '../support/store-samples.ts';

export const EMPTY: ScheduleData = { group: workingGroup(), events: [], notes: [] };

export function planOf(
  name: string,
  content: string | Uint8Array,
  data: ScheduleData = EMPTY,
  more: Partial<ImportContext> = {},
): Promise<ImportPlan | ImportProblems> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return planImport(
    { name, bytes },
    {
      data,
      now: NOW,
      identity: countingIdentity('uid', data.events.length + data.notes.length),
      zone: data.group.zone,
      ...more,
    },
  );
}

/** The plan of a file that is expected to be good. */
export async function goodPlan(...from: Parameters<typeof planOf>): Promise<ImportPlan> {
  const answer = await planOf(...from);
  if (answer.type === 'problems') throw new Error(JSON.stringify(answer.problems.slice(0, 5)));
  return answer;
}

/** The problems of a file that is expected to be bad. */
export async function problemsOf(...from: Parameters<typeof planOf>): Promise<readonly ImportProblem[]> {
  const answer = await planOf(...from);
  if (answer.type === 'plan') throw new Error('the file was accepted');
  return answer.problems;
}

/** The schedule after a plan was carried out on it. */
export function after(plan: ImportPlan, data: ScheduleData = EMPTY): ScheduleData {
  const changed = new Map(plan.changed.map((change) => [change.before.uid, change.after]));
  const changedNotes = new Map(plan.notes.changed.map((change) => [change.before.uid, change.after]));
  return {
    group: plan.group?.after ?? data.group,
    events: [...data.events.map((event) => changed.get(event.uid) ?? event), ...plan.created],
    notes: [...data.notes.map((note) => changedNotes.get(note.uid) ?? note), ...plan.notes.created],
  };
}
