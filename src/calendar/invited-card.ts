import { action, card, list, muted, offer, text, type Card, type Inline } from '../cards/card.ts';
import { instantInWords } from '../dates/words.ts';
import type { Context } from '../engine/command.ts';
import { quote } from '../engine/tokenize.ts';
import type { DeliveryRecord } from '../reminders/ledger.ts';
import type { ScheduledEvent } from '../schedule/event.ts';
import { mailboxInWords } from './invite-by-mail.ts';
import { PARTICIPATION_STATUSES } from './reply.ts';
import type { StoredInvitation } from './stored-invitation.ts';

/** How many people a list names. */
const NAMED = 50;

/** Who is invited to an event by mail, which version of it they have, and what they answered. */
export function invitedCard(
  event: ScheduledEvent,
  invitations: readonly StoredInvitation[],
  deliveries: readonly DeliveryRecord[],
  context: Context,
): Card {
  const { language } = context;
  const shown = invitations.filter(({ removedAt, sent }) => removedAt === null || sent !== null);
  const title = language.t('invited.title', { title: event.title });
  if (shown.length === 0) {
    const how = language.t('invited.how', { handle: event.handle });
    return card(title, text(language.t('invited.nobody')), muted(how));
  }
  const open = shown.filter(({ removedAt }) => removedAt === null);
  const counts = PARTICIPATION_STATUSES.flatMap((partstat) => {
    const count = open.filter(({ answer }) => (answer?.partstat ?? 'needs-action') === partstat).length;
    return count === 0 ? [] : [`${language.t(`invited.${partstat}`)}: ${count}`];
  });
  // The latest of each address, since the ledger answers the latest first.
  const latest = new Map<string, DeliveryRecord>();
  for (const delivery of deliveries) if (!latest.has(delivery.target.id)) latest.set(delivery.target.id, delivery);
  const lines = shown
    .slice(0, NAMED)
    .map((invitation): readonly Inline[] => [
      { type: 'strong', text: mailboxInWords({ email: invitation.address, name: invitation.name }) },
      `: ${wordsOf(invitation, event, latest.get(invitation.address), context)}`,
    ]);
  return card(
    title,
    ...(counts.length > 0 ? [text(counts.join(' · '))] : []),
    list(lines),
    ...(shown.length > NAMED ? [muted(language.t('list.more', { count: shown.length - NAMED }))] : []),
    muted(language.t('invited.answers')),
    ...offer(action(language.t('action.details'), `show ${quote(event.handle)}`)),
  );
}

function wordsOf(
  { sent, answer, removedAt }: StoredInvitation,
  event: ScheduledEvent,
  delivery: DeliveryRecord | undefined,
  context: Context,
): string {
  const { language, reader } = context;
  const timeOf = (instant: string) => instantInWords(instant, reader.zone, language);
  const version = ((): string => {
    if (sent === null) return language.t('invited.not-sent');
    const values = { sequence: sent.sequence, time: timeOf(sent.at) };
    if (sent.method === 'CANCEL') return language.t('invited.taken-away', values);
    return language.t(sent.sequence < event.sequence ? 'invited.older' : 'invited.current', values);
  })();
  const problem = delivery?.state === 'parked' ? [language.t('invited.parked', { reason: delivery.detail ?? '' })] : [];
  const removed = removedAt === null ? [] : [language.t('invited.removed', { time: timeOf(removedAt) })];
  const reply = ((): string[] => {
    if (answer === null || removedAt !== null) return [];
    const partstat = language.t(`invited.${answer.partstat}`);
    const given = answer.sequence < (sent?.sequence ?? 0) ? language.t('invited.answer-older', { partstat }) : partstat;
    return [
      answer.comment === null ? given : language.t('invited.comment', { answer: given, comment: answer.comment }),
    ];
  })();
  return [version, ...problem, ...removed, ...reply].join('; ');
}
