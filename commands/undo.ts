import { muted } from '../src/cards/card.ts';
import { refused } from '../src/engine/answer.ts';
import { integer, optional } from '../src/engine/argument.ts';
import { defineCommand, type Context } from '../src/engine/command.ts';
import { proposal } from '../src/engine/proposal.ts';
import { instantInWords } from '../src/dates/words.ts';
import type { Identity } from '../src/ports.ts';
import { pastChanges, undo as takeBack, undoneRevisions, type PastChange } from '../src/schedule/undo.ts';

/** How far back one’s own last change is looked for, in audit entries. */
const ENTRIES = 500;

export const undo = defineCommand({
  name: 'undo',
  aliases: [],
  summary: 'undo.summary',
  access: 'editor',
  args: { change: optional(integer({ min: 1, max: 999_999_999 })) },
  examples: ['undo', 'undo 1'],
  isPreviewed: true,
  async run(context, { change }) {
    const { language, present, reader } = context;
    const found = await changeToUndo(change, context);
    if (found === null) {
      return refused(language.t(change === null ? 'undo.nothing' : 'undo.no-such-change', { change: change ?? 0 }));
    }
    const { entries, revision } = found;
    const undoing = takeBack(entries, await context.current(), present.toString());
    if ('isRole' in undoing) return refused(language.t('undo.role'));
    if ('changedSince' in undoing) return refused(language.t('undo.changed-since', { name: undoing.changedSince }));
    if ('neededBy' in undoing) return refused(language.t('undo.needed-by', { name: undoing.neededBy }));
    const [first] = entries;
    const who = first?.actor.name ?? first?.actor.user ?? '';
    const when = instantInWords(first?.at ?? present, reader.zone, language);
    const remark = muted(language.t('undo.of', { action: first?.action ?? '', who, when }));
    return proposal(language.t('undo.title', { change: revision }), undoing.writes, {
      undoes: revision,
      remarks: [remark],
    });
  },
});

/** The change of that number; without one, the reader's own last that is neither an undo nor undone. */
async function changeToUndo(change: number | null, { store, group, reader }: Context): Promise<PastChange | null> {
  if (change !== null) {
    const entries = await store.audit(group.id, { limit: 1_000_000, revision: change });
    return pastChanges(entries)[0] ?? null;
  }
  const changes = pastChanges(await store.audit(group.id, { limit: ENTRIES }));
  const undone = undoneRevisions(changes);
  const last = changes.find(
    ({ revision, undoes, entries }) =>
      undoes === null &&
      !undone.has(revision) &&
      entries.some(({ actor, write }) => write.type !== 'role' && isSame(actor, reader.actor)),
  );
  if (!last) return null;
  // A large change may reach beyond what was read.
  return pastChanges(await store.audit(group.id, { limit: 1_000_000, revision: last.revision }))[0] ?? null;
}

function isSame(one: Identity, other: Identity): boolean {
  return one.platform === other.platform && one.tenant === other.tenant && one.user === other.user;
}
