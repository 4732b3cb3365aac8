import { dateProblemInWords } from '../dates/words.ts';
import type { Language, MessageKey } from '../language/language.ts';
import type { ContentProblem } from '../schedule/content.ts';
import type { RelationProblem } from '../schedule/relations.ts';

/** What is wrong with a change, and what would be right, as one sentence. */
export function problemInWords(
  problem: ContentProblem | RelationProblem,
  language: Language,
  nameOf: (uid: string) => string,
): string {
  if ('relation' in problem) {
    const names = problem.names.map(nameOf).join(' → ');
    return language.t(`relation.${problem.relation}.${problem.code}`, { names });
  }
  if (problem.code === 'when') return dateProblemInWords(problem.problem, language);
  const key = `change.field.${problem.field}`;
  const field = key in language.messages ? language.t(key as MessageKey) : problem.field;
  const values = { of: problem.of, field, ...('max' in problem && { max: problem.max }) };
  return language.t(`content.${problem.code}`, values);
}
