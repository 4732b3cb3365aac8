import { text } from '../cards/card.ts';
import { mayAct } from './access.ts';
import { refused, type Answer, type Session } from './answer.ts';
import type { AnyCommand } from './command.ts';
import { nameOfGrant } from './grant-name.ts';

/** How many people a refusal names. */
const NAMED = 5;

/** The right is missing: who has it can be asked. */
export async function denied(session: Session, { name, access }: AnyCommand): Promise<Answer> {
  const { language, store, group, firstAdmins } = session;
  const grants = (await store.roles(group.id)).filter(({ role }) => mayAct(role, access));
  const [granted, members] = await Promise.all([
    Promise.all(grants.slice(0, NAMED).map((grant) => nameOfGrant(grant, store))),
    Promise.all(firstAdmins.map((admin) => store.member(admin))),
  ]);
  const names = [...granted, ...firstAdmins.map((admin, at) => members[at]?.name ?? admin.user)];
  const answer = refused(language.t('error.denied', { command: name, role: language.t(`role.${access}`) }));
  if (names.length === 0) return answer;
  const known = text(language.t('error.denied.ask', { names: [...new Set(names)].slice(0, NAMED).join(', ') }));
  return { ...answer, card: { ...answer.card, elements: [...answer.card.elements, known] } };
}
