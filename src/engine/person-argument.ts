import { cleanLine } from '../clean.ts';
import { misunderstood, understood, words, type Argument } from './argument.ts';

/** Somebody, or a team, as written: a platform's mention, an identity in full, or a name. */
export type Who =
  | { readonly type: 'mention'; readonly kind: 'person' | 'team'; readonly id: string; readonly name: string | null }
  | {
      readonly type: 'identity';
      readonly kind: 'person' | 'team';
      readonly platform: string;
      readonly tenant: string;
      readonly id: string;
    }
  | { readonly type: 'name'; readonly name: string };

/** Slack writes `<@U012|ada>` for a person and `<!subteam^S012|@staff>` for a user group. */
const PERSON = /^<@(?<id>[^|>\s]+)(?:\|(?<name>[^>]*))?>$/u;
const TEAM = /^<!subteam\^(?<id>[^|>\s]+)(?:\|@?(?<name>[^>]*))?>$/u;
const IDENTITY = /^(?<team>team:)?(?<platform>[a-z]+):(?<tenant>[^:\s]*):(?<id>\S+)$/u;

/** A person or a team: `<@U012>`, `slack:T012:U012`, `team:slack:T012:S012`, `ada`. */
export function who(): Argument<Who> {
  return {
    ...words({ maxLength: 300 }),
    place: 'word',
    takesMentions: true,
    read(text) {
      const typed = cleanLine(text ?? '');
      const person = PERSON.exec(typed)?.groups;
      if (person)
        return understood({ type: 'mention', kind: 'person', id: person.id ?? '', name: person.name ?? null });
      const team = TEAM.exec(typed)?.groups;
      if (team) return understood({ type: 'mention', kind: 'team', id: team.id ?? '', name: team.name ?? null });
      const full = IDENTITY.exec(typed)?.groups;
      if (full) {
        const { platform = '', tenant = '', id = '' } = full;
        return understood({ type: 'identity', kind: full.team ? 'team' : 'person', platform, tenant, id });
      }
      const name = typed.replace(/^@/u, '');
      return name === '' ? misunderstood('argument.who', { given: typed }) : understood({ type: 'name', name });
    },
  };
}
