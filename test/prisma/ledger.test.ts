import { describeLedger } from '../contracts/ledger/index.ts';
import { describeOnBothDatabases } from './both-databases.ts';

describeOnBothDatabases('the ledger', describeLedger);
