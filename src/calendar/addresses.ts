import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import type { ScheduledEvent, WorkingGroup } from '../schedule/event.ts';
import { alarmsSchema } from './alarm-triggers.ts';

/** How long the link to a draft’s file opens it, in days. */
export const DRAFT_LINK_DAYS = 7;

/** The addresses under which calendars and browsers reach the bot. */
export interface CalendarAddresses {
  /**
   * Where an event’s file is. The group is always named, so that a link stays right when there are more groups later.
   * `null`: the bot has no address; or the event is a draft and there is no key to sign its link with.
   */
  eventFile(
    event: ScheduledEvent,
    group: WorkingGroup,
    about: { readonly now: Temporal.Instant; readonly alarms?: readonly number[] },
  ): string | null;
  /** Minutes before the start at which the entry in an event’s file is to remind, as its address says. */
  alarmsOf(query: URLSearchParams): readonly number[];
  /** Whether what stands behind `?` in an event’s address lets its reader see the draft. */
  opensDraft(query: URLSearchParams, event: ScheduledEvent, group: WorkingGroup, now: Temporal.Instant): boolean;
  /** Where a feed is, for calendars that know webcal and for those that do not; `null`: the bot has no address. */
  feed(token: string): { readonly webcal: string; readonly https: string } | null;
}

/**
 * @param publicUrl where the bot is reached from outside, without a slash at its end
 * @param signingKeys the first one signs, all of them are accepted; none: no draft has a link
 */
export function createCalendarAddresses({
  publicUrl,
  signingKeys,
}: {
  readonly publicUrl: string | null;
  readonly signingKeys: readonly string[];
}): CalendarAddresses {
  const [signing] = signingKeys;
  return {
    eventFile(event, group, { now, alarms = [] }) {
      if (publicUrl === null) return null;
      const address = new URL(`${publicUrl}/events/${event.handle}.ics`);
      address.searchParams.set('group', group.slug);
      if (alarms.length > 0) address.searchParams.set('alarm', alarms.join(' '));
      if (event.visibility === 'draft') {
        if (signing === undefined) return null;
        const until = Math.floor(now.epochMilliseconds / 1000) + DRAFT_LINK_DAYS * 86_400;
        address.searchParams.set('until', until.toString());
        address.searchParams.set('signature', signatureOf(signing, event, group, until).toString('base64url'));
      }
      return address.href;
    },

    alarmsOf(query) {
      const given = (query.get('alarm') ?? '').split(' ').filter((part) => part !== '');
      return alarmsSchema.safeParse(given.map(Number)).data ?? [];
    },

    opensDraft(query, event, group, now) {
      const until = Number(query.get('until') ?? NaN);
      const given = Buffer.from(query.get('signature') ?? '', 'base64url');
      if (!Number.isSafeInteger(until) || until * 1000 <= now.epochMilliseconds) return false;
      return signingKeys.some((key) => {
        const right = signatureOf(key, event, group, until);
        return given.length === right.length && timingSafeEqual(given, right);
      });
    },

    feed(token) {
      if (publicUrl === null) return null;
      const address = `${publicUrl}/calendar/${token}.ics`;
      return { webcal: address.replace(/^https?:/u, 'webcal:'), https: address };
    },
  };
}

// The UID rather than the handle: a handle may pass to another event.
function signatureOf(key: string, event: ScheduledEvent, group: WorkingGroup, until: number): Buffer {
  return createHmac('sha256', key)
    .update(JSON.stringify([group.id, event.uid, until]))
    .digest();
}
