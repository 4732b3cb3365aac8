import { Temporal } from 'temporal-polyfill';
import { action, card, offer, text, typed } from '../src/cards/card.ts';
import { AUTOMATIC, optional, zone as zoneArgument } from '../src/engine/argument.ts';
import { defineCommand } from '../src/engine/command.ts';
import { instantInWords } from '../src/dates/words.ts';
import { zoneName } from '../src/dates/zones.ts';

/** What is known of somebody whom the bot has not met. */
const NOTHING_CHOSEN = { language: null, platformZone: null, platformLanguage: null };

export const zone = defineCommand({
  name: 'zone',
  aliases: ['timezone', 'tz'],
  summary: 'zone.summary',
  access: 'viewer',
  args: { zone: optional(zoneArgument()) },
  examples: ['zone', 'zone Nairobi', 'zone America/New_York', 'zone auto'],
  async run({ language, reader, store, present }, { zone }) {
    const now = (id: string) => instantInWords(Temporal.Instant.from(present.toString()), id, language);
    if (zone === null) {
      return card(
        null,
        text(language.t(`zone.from-${reader.zoneFrom}`, { name: zoneName(reader.zone, language), id: reader.zone })),
        text(language.t('zone.now', { time: now(reader.zone) })),
        text(language.t('zone.how'), ' ', typed('zone Nairobi', language)),
      );
    }
    const member = await store.member(reader.actor);
    const chosen = zone === AUTOMATIC ? null : zone;
    await store.saveMember({ ...NOTHING_CHOSEN, ...member, ...reader.actor, zone: chosen });
    if (chosen === null) return { ...card(null, text(language.t('zone.reset'))), tone: 'success' };
    const saved = language.t('zone.saved', { name: zoneName(chosen, language), id: chosen, time: now(chosen) });
    return { ...card(null, text(saved), ...offer(action(language.t('zone.undo'), 'zone auto'))), tone: 'success' };
  },
});
