import { describeCalendars } from '../contracts/calendars.ts';
import { describeStore } from '../contracts/store/index.ts';
import { describeOnBothDatabases } from './both-databases.ts';

describeOnBothDatabases('the store', (create) => {
  describeStore(create);
  describeCalendars(create);
});
