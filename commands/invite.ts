import { alarms as alarmsArgument, alarmsInWords } from '../src/calendar/alarm-argument.ts';
import { DRAFT_LINK_DAYS } from '../src/calendar/addresses.ts';
import { invitedEvent, invitees } from '../src/calendar/invite-arguments.ts';
import { calendarLinks } from '../src/calendar/links.ts';
import { action, card, list, muted, offer, text, type Card, type Inline } from '../src/cards/card.ts';
import { whenInWords } from '../src/dates/words.ts';
import { refused, type Answer } from '../src/engine/answer.ts';
import { defineCommand, type Context } from '../src/engine/command.ts';
import { isDatable, isOff } from '../src/schedule/dated.ts';
import type { ScheduledEvent } from '../src/schedule/event.ts';

export const invite = defineCommand({
  name: 'invite',
  aliases: ['ics', 'add-to-calendar'],
  summary: 'invite.summary',
  access: 'viewer',
  args: { event: invitedEvent(), to: invitees(), alarm: alarmsArgument() },
  examples: [
    'invite stocktaking',
    'invite stocktaking alarm:1d',
    'invite stocktaking to a@example.org, mission@example.int',
  ],
  isPersonal: true,
  async run(context, { event, to, alarm: alarms }) {
    const refusal = notInACalendar(event, context);
    if (refusal) return refusal;
    if (to === null) return fileCard(event, alarms, context);
    const { inviteByMail } = await import('../src/calendar/invite-by-mail.ts');
    return inviteByMail(event, { who: to, alarms }, context);
  },
});

/** Why an event cannot stand in a calendar; `null`: it can. */
function notInACalendar(event: ScheduledEvent, { language, reader, now }: Context): Answer | null {
  const { title, status } = event;
  if (isOff(status)) return refused(language.t('invite.off', { title, status: language.t(statusKey(event)) }));
  if (isDatable(event)) return null;
  const when = whenInWords(event.when, { language, zone: reader.zone, now }).text;
  return refused(language.t('invite.undated', { title, when }));
}

function statusKey({ status }: ScheduledEvent) {
  return status === 'postponed' ? 'status.postponed' : 'status.cancelled';
}

/** The ways into one’s own calendar that need no mail. */
async function fileCard(event: ScheduledEvent, alarms: readonly number[], context: Context): Promise<Card> {
  const { language, reader, now, present, group, calendars } = context;
  const isDraft = event.visibility === 'draft';
  const schedule = isDraft ? context.schedule : context.schedule.published;
  const { eventFile } = await import('../src/calendar/event-file.ts');
  const file = await eventFile(event, { schedule, language, alarms });
  const url = calendars.addresses.eventFile(event, group, { now: present, alarms });
  const links = [
    ...calendarLinks(event, { schedule, language }).map(({ service, url }) => ({ label: service, url })),
    ...(url === null ? [] : [{ label: language.t('invite.file'), url }]),
  ];
  const when = whenInWords(event.when, { language, zone: reader.zone, now });
  return card(
    event.title,
    text({ type: 'date', text: when.text, instant: when.instant }),
    text(language.t('invite.links')),
    list(links.map(({ label, url }): readonly Inline[] => [{ type: 'link', text: label, url }])),
    { ...file, ...(url !== null && { url }) },
    ...(alarms.length === 0 ? [] : [muted(language.t('invite.alarm', { times: alarmsInWords(alarms, language) }))]),
    ...(isDraft && url !== null ? [muted(language.t('invite.draft', { days: DRAFT_LINK_DAYS }))] : []),
    muted(language.t('invite.once')),
    ...offer(action(language.t('invite.offer-feed'), 'feed')),
  );
}
