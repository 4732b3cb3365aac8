import {
  action,
  card,
  choice,
  heading,
  list,
  muted,
  text,
  type Card,
  type Element,
  type Inline,
} from '../src/cards/card.ts';
import { eventLine } from '../src/cards/present.ts';
import { changeOf, planImport, type ImportPlan } from '../src/calendar/import.ts';
import { problemSentence, type ImportProblems } from '../src/calendar/problem.ts';
import { file as fileArgument, flag } from '../src/engine/argument.ts';
import { defineCommand, type Context } from '../src/engine/command.ts';
import { quote } from '../src/engine/tokenize.ts';

/** How many things of a sort an answer names. */
const NAMED = 10;

export const importFile = defineCommand({
  name: 'import',
  aliases: [],
  summary: 'import.summary',
  access: 'editor',
  args: { file: fileArgument(), 'dry-run': flag() },
  examples: ['import schedule.json', 'import "our events.csv" --dry-run', 'import calendar.ics'],
  async confirm(context, { file, 'dry-run': isDryRun }) {
    if (isDryRun) return null;
    const plan = await planOf(file, context);
    if (plan.type === 'problems') return problemCard(plan, context);
    if (isEmpty(plan)) return null;
    const { language } = context;
    const go = action(language.t('import.go'), `import ${quote(file)} --yes`, 'primary');
    return card(language.t('import.preview', { file }), ...planElements(plan, context), choice(go));
  },
  async run(context, { file, 'dry-run': isDryRun }) {
    const { language, store, group, reader, present } = context;
    const plan = await planOf(file, context);
    if (plan.type === 'problems') return problemCard(plan, context);
    if (isDryRun) return card(language.t('import.preview', { file }), ...planElements(plan, context));
    if (isEmpty(plan)) return card(null, text(language.t('import.unchanged', { file, count: plan.unchanged.length })));
    const at = present.toString();
    await store.commit(changeOf(plan, { groupId: group.id, actor: reader.actor, action: 'import', at }));
    return {
      ...card(null, text(language.t('import.done', { file })), ...countElements(plan, context)),
      tone: 'success',
    };
  },
});

async function planOf(name: string, { schedule, identity, present, group, surroundings }: Context) {
  const { bytes } = await surroundings.openFile(name);
  return planImport(
    { name, bytes },
    {
      data: { group, events: schedule.events, notes: schedule.notes },
      now: present.toString(),
      identity,
      zone: group.zone,
      onProgress: (done, total) => {
        surroundings.progress(total === 0 ? 1 : done / total);
      },
    },
  );
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
