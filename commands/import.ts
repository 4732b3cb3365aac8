import { card, heading, list, muted, text, type Card, type Element, type Inline } from '../src/cards/card.ts';
import { eventLine } from '../src/cards/present.ts';
import type { ImportPlan } from '../src/calendar/import.ts';
import { problemSentence, type ImportProblems } from '../src/calendar/problem.ts';
import { file as fileArgument, flag } from '../src/engine/argument.ts';
import { defineCommand, type Context, type IncomingFile } from '../src/engine/command.ts';
import { proposal } from '../src/engine/proposal.ts';

/** How many things of a sort an answer names. */
const NAMED = 10;

export const importFile = defineCommand({
  name: 'import',
  aliases: [],
  summary: 'import.summary',
  access: 'editor',
  args: { file: fileArgument(), 'dry-run': flag() },
  examples: ['import schedule.json', 'import "our events.csv" --dry-run', 'import calendar.ics'],
  isPreviewed: true,
  async run(context, { file, 'dry-run': isDryRun }) {
    const { language, group, reader, present } = context;
    const { bytes } = await context.surroundings.openFile(file);
    const { importReply, isReply } = await import('../src/calendar/answer-import.ts');
    if (isReply(bytes)) return importReply(bytes, context);
    const plan = await planOf({ name: file, bytes }, context);
    if (plan.type === 'problems') return problemCard(plan, context);
    const title = language.t('import.preview', { file });
    if (isDryRun) return card(title, ...planElements(plan, context));
    if (isEmpty(plan)) return card(null, text(language.t('import.unchanged', { file, count: plan.unchanged.length })));
    const { changeOf } = await import('../src/calendar/import.ts');
    const by = { groupId: group.id, actor: reader.actor, action: 'import', at: present.toString() };
    return proposal(title, changeOf(plan, by).writes, { shown: planElements(plan, context), isQuiet: true });
  },
});

async function planOf(file: IncomingFile, context: Context) {
  const { schedule, identity, present, group, surroundings } = context;
  // The importer knows four formats; every other command would wait for it to be loaded.
  const { planImport } = await import('../src/calendar/import.ts');
  return planImport(file, {
    data: { group, events: schedule.events, notes: schedule.notes },
    now: present.toString(),
    identity,
    zone: group.zone,
    elsewhere: () => uidsElsewhere(context),
    onProgress: (done, total) => {
      surroundings.progress(total === 0 ? 1 : done / total);
    },
  });
}

async function uidsElsewhere({ store, groups, group }: Context): Promise<ReadonlySet<string>> {
  const others = await Promise.all(groups.filter(({ id }) => id !== group.id).map(({ id }) => store.load(id)));
  return new Set(others.flatMap(({ events, notes }) => [...events, ...notes]).map(({ uid }) => uid));
}

function isEmpty({ created, changed, notes, group }: ImportPlan): boolean {
  return [created, changed, notes.created, notes.changed].every((part) => part.length === 0) && group === null;
}

function countElements(
  { created, changed, unchanged, notes, group }: ImportPlan,
  { language }: Context,
): readonly Element[] {
  const lines = [
    language.t('import.events', { created: created.length, changed: changed.length, unchanged: unchanged.length }),
    language.t('import.notes', {
      created: notes.created.length,
      changed: notes.changed.length,
      unchanged: notes.unchanged.length,
    }),
    ...(group === null ? [] : [language.t('import.group', { fields: group.fields.join(', ') })]),
  ];
  return [list(lines.map((line) => [line]))];
}

function planElements(plan: ImportPlan, context: Context): readonly Element[] {
  const { language } = context;
  const part = (title: string, elements: readonly Element[], count: number) =>
    count === 0
      ? []
      : [
          heading(title),
          ...elements,
          ...(count > NAMED ? [muted(language.t('list.more', { count: count - NAMED }))] : []),
        ];
  const created = plan.created.slice(0, NAMED).map((event) => ({ ...eventLine(event, context), comprises: [] }));
  const changed = plan.changed
    .slice(0, NAMED)
    .map(({ after, fields }): readonly Inline[] => [`${after.title}: ${fields.join(', ')}`]);
  return [
    ...countElements(plan, context),
    ...part(language.t('import.new'), created, plan.created.length),
    ...part(language.t('import.changed'), changed.length > 0 ? [list(changed)] : [], plan.changed.length),
  ];
}

function problemCard({ problems }: ImportProblems, { language }: Context): Card {
  const shown = problems.slice(0, NAMED).map((problem): readonly Inline[] => [problemSentence(problem, language)]);
  const more = problems.length - shown.length;
  return {
    ...card(
      language.t('import.refused', { count: problems.length }),
      list(shown),
      ...(more > 0 ? [muted(language.t('list.more', { count: more }))] : []),
      text(language.t('import.nothing-written')),
    ),
    tone: 'problem',
  };
}
