import { describeLedger, describeSubscriptions } from '../contracts/ledger.ts';
import { describeOnBothDatabases } from './both-databases.ts';

describeOnBothDatabases('the ledger and the subscriptions', (create) => {
  describeLedger(create);
  describeSubscriptions(create);
});
