import type { QuestionContext } from '../engine/command.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import type { Filter } from '../schedule/filter.ts';
import { datesOf } from '../schedule/when.ts';
import { monthInWords } from '../dates/words.ts';
import { action, card, heading, muted, offer, text, type Action, type Card, type Element } from './card.ts';
import { eventLine } from './present.ts';

/** How many events a page of a list holds. */
export const PAGE_SIZE = 20;

/** A list of events, and how to come back to it. */
export interface Listing {
  readonly title: string;
  readonly events: readonly ScheduledEvent[];
  /** The command whose `--page` turns the pages. */
  readonly command: string;
  readonly filter: Filter;
  /** Counted from 1; beyond the last one is the last one. */
  readonly page: number;
  /** Said instead of an empty list, with ways to go on. */
  readonly nothing: string;
  readonly insteadOfNothing?: readonly Action[];
}

/** Says which filter a card answers, when there is one. */
export function narrowedBy(filter: Filter, { language }: QuestionContext): readonly Element[] {
  return filter.words === '' ? [] : [muted(language.t('filter.only', { filter: filter.words }))];
}

/** Events as lines under their months, those without a date under a heading of their own, a page at a time. */
export function listingCard(listing: Listing, context: QuestionContext): Card {
  const { language } = context;
  const { title, events, filter, command, nothing, insteadOfNothing = [] } = listing;
  const narrowed = narrowedBy(filter, context);
  if (events.length === 0) return card(title, ...narrowed, text(nothing), ...offer(...insteadOfNothing));

  const pages = Math.ceil(events.length / PAGE_SIZE);
  const page = Math.min(listing.page, pages);
  const shown = events.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const turn = (to: number) => [command, filter.typed, `--page ${to.toString()}`].filter(Boolean).join(' ');
  const turns = [
    ...(page > 1 ? [action(language.t('action.previous-page'), turn(page - 1))] : []),
    ...(page < pages ? [action(language.t('action.next-page'), turn(page + 1))] : []),
  ];
  const counted = muted(language.t('list.page', { page, pages, count: events.length }));
  return card(title, ...narrowed, ...underMonths(shown, context), ...(pages > 1 ? [counted, ...offer(...turns)] : []));
}

/** Lines under the months in which the events begin. */
export function underMonths(events: readonly ScheduledEvent[], context: QuestionContext): readonly Element[] {
  const { language, reader } = context;
  const byMonth = Map.groupBy(events, ({ when }) =>
    when === null ? null : datesOf(when, reader.zone).first.slice(0, 7),
  );
  return [...byMonth].flatMap(([month, inMonth]): Element[] => [
    heading(month === null ? language.t('list.undated') : monthInWords(month, language)),
    ...inMonth.map((event) => eventLine(event, context)),
  ]);
}
