import { heading, muted, type Element } from '../cards/card.ts';
import { entryInWords } from '../cards/changes.ts';
import type { AuditEntry, Write } from '../ports.ts';
import type { Context } from './command.ts';

/** How many changes are told of each thing, and of how many things. */
const TOLD = 5;

/** What others changed of the same things since somebody saw them as they were before `seen`, the oldest first. */
export async function changedMeanwhile(seen: readonly Write[], context: Context): Promise<readonly Element[]> {
  const { store, group, language } = context;
  const found: Element[] = [];
  for (const write of seen.slice(0, TOLD)) {
    const subject = subjectOf(write);
    if (subject === null) continue;
    const entries = await store.audit(group.id, { limit: TOLD + 1, subject });
    const later = entries.filter((entry) => isLater(entry, write));
    if (later.length > TOLD) found.push(muted(language.t('history.more')));
    found.push(
      ...later
        .slice(0, TOLD)
        .reverse()
        .flatMap((entry) => entryInWords(entry, context)),
    );
  }
  return found.length === 0 ? [] : [heading(language.t('conflict.meanwhile')), ...found];
}

/** Notes are only ever added, and taken back by an undo, which says itself why it cannot. */
function subjectOf(write: Write): string | null {
  if (write.before === null) return null;
  return write.type === 'event' ? write.before.uid : write.type === 'group' ? write.before.id : null;
}

function isLater({ revision, write }: AuditEntry, seen: Write): boolean {
  if (seen.type === 'event' && write.type === 'event') return write.after.version > (seen.before?.version ?? 0);
  return seen.type === 'group' && seen.before !== null && revision > seen.before.revision;
}
