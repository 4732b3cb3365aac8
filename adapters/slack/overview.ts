import { action, offer, type Element } from '../../src/cards/card.ts';
import type { Reply } from '../../src/engine/dispatch.ts';
import type { Registry } from '../../src/engine/registry.ts';

/** Whether a line asks what the bot can do, and nothing more. */
export function isOverview(registry: Registry, line: string): boolean {
  return line === '' || registry.find(line)?.name === 'help';
}

/** The overview with a button for every command in the place of its line: pressing one is shorter than reading all. */
export function withButtons(reply: Reply, registry: Registry): Reply {
  const { locale } = reply.language;
  const buttonOf = ([first]: readonly unknown[]) => {
    const { text = '' } = (first ?? {}) as { readonly text?: string };
    const command = registry.find(text);
    return command && [action(text.charAt(0).toLocaleUpperCase(locale) + text.slice(1), command.name)];
  };
  const elements = reply.card.elements.flatMap((element): readonly Element[] => {
    if (element.type === 'list') return offer(...element.items.flatMap((item) => buttonOf(item) ?? []));
    // What it offers to try is among the buttons now.
    return element.type === 'actions' ? [] : [element];
  });
  return { ...reply, card: { ...reply.card, elements } };
}
