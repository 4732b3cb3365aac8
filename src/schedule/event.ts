import type { When } from './when.ts';

/** What sort of consultation an event is. The words people use for them are in the language catalogue. */
export const EVENT_KINDS = [
  'thematic',
  'hearing',
  'regional',
  'subregional',
  'civil-society',
  'workshop',
  'briefing',
  'negotiation',
  'stocktaking',
  'conference',
  'meeting',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Where an event stands. RFC 5545 §3.8.1.11, plus `postponed`: it will be held, on a date still to be decided. */
export const EVENT_STATUSES = ['tentative', 'confirmed', 'postponed', 'cancelled'] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];

/** Drafts are seen by editors and administrators only. */
export const VISIBILITIES = ['draft', 'published'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Where people go. What is not known is `null`, never guessed. */
export interface Venue {
  readonly name: string | null;
  readonly city: string | null;
  readonly country: string | null;
}

/** Who may come: the rules on the size and level of delegations. */
export interface Participation {
  readonly maxPerDelegation: number | null;
  /** As the text says it: `Ambassadorial`. */
  readonly headLevel: string | null;
  readonly notes: string | null;
}

/** Something to read. Without a URL it is still pending; `note` says what is known of it. */
export interface EventDocument {
  readonly title: string;
  /** An http or https address; `null` while the document is pending. */
  readonly url: string | null;
  /** BCP 47 tag of the language it is written in. */
  readonly language: string | null;
  readonly note: string | null;
}

/** One entry of a working group's schedule. Immutable; references to other events are UIDs. */
export interface ScheduledEvent {
  /** iCalendar UID: the same for ever. */
  readonly uid: string;
  /** iCalendar SEQUENCE (RFC 5546 §2.1.4): rises when the date, the place or the status changes. */
  readonly sequence: number;
  /** Rises with every stored change of any kind; what optimistic concurrency compares. 1 for a new event. */
  readonly version: number;
  /** What people type: lower-case letters, digits and hyphens, unique in the group. */
  readonly handle: string;
  readonly title: string;
  readonly kind: EventKind;
  readonly status: EventStatus;
  readonly visibility: Visibility;
  /** `null`: no date is known at all. */
  readonly when: When | null;
  readonly venue: Venue | null;
  /** An http or https address to join from afar. */
  readonly onlineUrl: string | null;
  readonly organiser: string | null;
  readonly region: string | null;
  readonly participation: Participation | null;
  readonly description: string | null;
  /** UID of the event this one is part of. */
  readonly parent: string | null;
  /** UIDs of the events held just before this one because of it. */
  readonly precededBy: readonly string[];
  readonly documents: readonly EventDocument[];
  /** The debrief, a line each. */
  readonly outcomes: readonly string[];
  /** Why it was cancelled or postponed, where that was said. */
  readonly reason?: string | undefined;
  /** What the occurrences of a series share; absent for an event of its own. */
  readonly series?: string | undefined;
  /** Instants, ISO 8601 in UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A dated line of the group's update that is not an event. */
export interface Note {
  readonly uid: string;
  /** The day of the update, `YYYY-MM-DD`. */
  readonly date: string;
  readonly topic: string | null;
  readonly text: string;
  /** What the line lists below itself. */
  readonly points: readonly string[];
}

/** A working group, and what its schedule needs to know of it. */
export interface WorkingGroup {
  readonly id: string;
  /** What people type: `gcm`. */
  readonly slug: string;
  readonly name: string;
  /** IANA zone in which the group lives. */
  readonly zone: string;
  /** BCP 47 tag. */
  readonly language: string;
  /** ORGANIZER of the invitations (RFC 5545 §3.8.4.3). */
  readonly organizerName: string | null;
  readonly organizerEmail: string | null;
  /** Grows by one with every change to the schedule. 0: nothing was ever put in. */
  readonly revision: number;
  /** The instant of the last change to the schedule, ISO 8601 in UTC; `null` while nothing was put in. */
  readonly changedAt: string | null;
}
