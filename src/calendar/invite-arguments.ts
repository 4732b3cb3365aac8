import { after, event as anyEvent, misunderstood, understood, type Argument } from '../engine/argument.ts';
import type { Language } from '../language/language.ts';
import { isDatable, isOff } from '../schedule/dated.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import { fold } from '../schedule/filter.ts';
import { LIMITS } from '../schedule/limits.ts';
import type { Attendee } from './ics.ts';
import { MAX_MAILBOXES, readMailboxes } from './mailboxes.ts';

/** Who is to be invited: whoever asks, or those who have these addresses. */
export type Invitees = { readonly type: 'me' } | { readonly type: 'others'; readonly mailboxes: readonly Attendee[] };

/** How many events are offered to choose from. */
const OFFERED = 5;

/** The event of an invitation: `invite me to stocktaking` names it behind “to”. */
export function invitedEvent(): Argument<ScheduledEvent> {
  const argument = anyEvent();
  return {
    ...argument,
    async read(text, context) {
      const { language, given, schedule, now } = context;
      const typed = text ?? '';
      if (!isMyself(typed, language)) {
        const [first = '', ...rest] = typed.split(' ');
        return argument.read(rest.length > 0 && isMyself(first, language) ? rest.join(' ') : typed, context);
      }
      const behind = given.to;
      if (behind !== undefined && !isMyself(behind, language)) return argument.read(behind, context);
      const upcoming = [];
      for (const event of schedule.startingAfter(now.epochMilliseconds)) {
        if (isDatable(event) && !isOff(event.status)) upcoming.push(event);
        if (upcoming.length === OFFERED) break;
      }
      const choices = upcoming.map(({ title, handle }) => ({ label: title, text: `${handle} --to ${typed}` }));
      return misunderstood('invite.which', {}, choices);
    },
  };
}

/** Those who are to be invited: `to a@example.org, mission@example.int`, `to me`; nobody: a file is asked for. */
export function invitees(): Argument<Invitees | null> {
  const control = { type: 'text', multiline: false, maxLength: LIMITS.email * MAX_MAILBOXES } as const;
  return after<Invitees | null>('to', {
    place: 'tail',
    control,
    isRequired: false,
    takes: () => true,
    read(text, { language, given }) {
      const typed = text?.trim() ?? '';
      const [first = ''] = (given.event ?? '').split(' ');
      if (isMyself(typed, language) || isMyself(first, language)) return understood({ type: 'me' });
      if (typed === '') return understood(null);
      const read = readMailboxes(typed);
      if ('mailboxes' in read) return understood({ type: 'others', mailboxes: read.mailboxes });
      return read.problem === 'address'
        ? misunderstood('invite.address', { given: read.part })
        : misunderstood('invite.too-many', { max: MAX_MAILBOXES });
    },
  });
}

function isMyself(text: string, { words }: Language): boolean {
  return words.myself.includes(fold(text));
}
