import { createRequire } from 'node:module';
import { LIMITS } from '../../../../adapters/teams/render/limits.ts';
import type { AdaptiveCard } from '../../../../adapters/teams/render/shapes.ts';

/** The part of Microsoft's `adaptivecards` package that reads a card. */
interface Microsoft {
  readonly HostConfig: new (settings: object) => unknown;
  readonly AdaptiveCard: new () => {
    hostConfig: unknown;
    parse(json: unknown, context: Events): void;
    toJSON(context: Events): unknown;
    validateProperties(): { readonly validationEvents: readonly { readonly message: string }[] };
  };
  readonly SerializationContext: new (version: unknown) => Events;
  readonly Version: new (major: number, minor: number) => unknown;
}

interface Events {
  readonly eventCount: number;
  getEventAt(at: number): { readonly message: string };
}

const require = createRequire(import.meta.url);

// The package's module entry is written for bundlers; the file for browsers is CommonJS too.
const ENTRY = 'adaptivecards/dist/adaptivecards.js';

const FALSE_ALARMS: readonly string[] = [
  // Teams has it in cards of version 1.5 (Microsoft, “Typeahead search in Adaptive Cards”).
  'Property "choices.data" is supported in version 1.6',
  // The reader keeps the place of a global regular expression, so it refuses every other card's language.
  'Invalid value "en" for property "lang"',
  'card.lang: en became undefined',
];

/** What Microsoft leaves out when it writes a card that it has read, and what only Teams knows. */
const UNWRITTEN: readonly string[] = ['msteams', 'fallback', 'choices.data'];

/**
 * What Microsoft's own reader of version 1.5 finds wrong with a card: unknown types, values that a property cannot
 * have, properties of later versions, missing ones, and, by writing the card again, properties that it does not know.
 */
export function problemsOf(card: AdaptiveCard): readonly string[] {
  const microsoft = require(ENTRY) as Microsoft;
  const events = new microsoft.SerializationContext(new microsoft.Version(1, 5));
  const read = new microsoft.AdaptiveCard();
  // Its own default is 5 buttons, and it counts those of the overflow menu too.
  read.hostConfig = new microsoft.HostConfig({ actions: { maxActions: LIMITS.actions } });
  read.parse(JSON.parse(JSON.stringify(card)), events);
  return [
    ...Array.from({ length: events.eventCount }, (_, at) => events.getEventAt(at).message),
    ...read.validateProperties().validationEvents.map(({ message }) => message),
    ...differences(card, read.toJSON(events), 'card'),
  ].filter((problem) => !FALSE_ALARMS.some((start) => problem.startsWith(start)));
}

function differences(written: unknown, read: unknown, path: string): readonly string[] {
  if (typeof written !== 'object' || written === null) {
    return String(written).toLowerCase() === String(read).toLowerCase()
      ? []
      : [`${path}: ${String(written)} became ${String(read)}`];
  }
  const entries = Object.entries(written).filter(([name]) => !UNWRITTEN.includes(name));
  const others = (read ?? {}) as Readonly<Record<string, unknown>>;
  return entries.flatMap(([name, value]) => differences(value, others[name], `${path}.${name}`));
}
