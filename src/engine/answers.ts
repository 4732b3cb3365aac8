import { minuteOf } from '../clock.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Session } from './answer.ts';
import type { Reply } from './dispatch.ts';

/** How many answers are kept of one minute. */
const MOST = 300;

/** The answers that a schedule gave in one minute. */
interface Given {
  /** Its beginning, in epoch milliseconds. */
  readonly minute: number;
  readonly replies: Map<string, Reply>;
}

/** Gives the answers to questions again, instead of making them again. */
export interface Answers {
  /**
   * What a line comes to: as it was answered before, when it was a question, it is still the same minute and the same
   * revision of the schedule, and whoever asks reads alike. Otherwise `work` answers it.
   */
  to(line: string, session: Session, work: () => Promise<Reply>): Promise<Reply>;
}

/**
 * A question is a function of the schedule, the minute and how its reader reads (`defineQuestion`), so that nothing kept
 * here is ever out of date: all of that is what it is found by.
 */
export function createAnswers(): Answers {
  const held = new WeakMap<Schedule, Given>();

  const givenIn = ({ schedule, present }: Session): Given => {
    const minute = minuteOf(present.epochMilliseconds);
    const known = held.get(schedule);
    if (known?.minute === minute && known.replies.size < MOST) return known;
    const given: Given = { minute, replies: new Map() };
    held.set(schedule, given);
    return given;
  };

  return {
    async to(line, session, work) {
      const { replies } = givenIn(session);
      const { reader, language } = session;
      const key = [reader.role, reader.zone, reader.zoneFrom, language.tag, language.lead, line].join(' ');
      const known = replies.get(key);
      if (known) return known;
      const reply = await work();
      if (reply.isQuestion) replies.set(key, reply);
      return reply;
    },
  };
}
