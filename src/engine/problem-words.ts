import { dateProblemInWords } from '../dates/words.ts';
import type { Language, MessageKey } from '../language/language.ts';
import type { ChangeProblem } from '../schedule/door.ts';

/** What is wrong with a change, and what would be right, as one sentence. */
export function problemInWords(problem: ChangeProblem, language: Language, nameOf: (uid: string) => string): string {
  if ('relation' in problem) {
    const names = problem.names.map(nameOf).join(' → ');
    return language.t(`relation.${problem.relation}.${problem.code}`, { names });
  }
  if (problem.code === 'handle-taken') {
    return language.t('content.handle-taken', { handle: problem.handle, by: problem.by });
  }
  if (problem.code === 'when') return dateProblemInWords(problem.problem, language);
  const key = [`change.field.${problem.field}`, `change.group.${problem.field}`].find(
    (each) => each in language.messages,
  );
  const field = key === undefined ? problem.field : language.t(key as MessageKey);
  const values = { of: problem.of, field, ...('max' in problem && { max: problem.max }) };
  return language.t(`content.${problem.code}`, values);
}
