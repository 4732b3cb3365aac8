import { card } from '../src/cards/card.ts';
import { eventInFull } from '../src/cards/present.ts';
import { event } from '../src/engine/argument.ts';
import { defineCommand } from '../src/engine/command.ts';

export const show = defineCommand({
  name: 'show',
  aliases: ['event', 'details'],
  summary: 'show.summary',
  access: 'viewer',
  args: { event: event() },
  examples: ['show stocktaking', 'show "GCM stocktaking meeting"', 'show unescap'],
  run(context, { event }) {
    return card(null, eventInFull(event, context));
  },
});
