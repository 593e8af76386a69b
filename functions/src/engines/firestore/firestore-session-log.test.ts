import { describeSessionLog } from '../../ports/session-log.contract.ts';
import { openTestFirestore } from '../../testing/test-firestore.ts';

describeSessionLog({ name: 'firestore', open: openTestFirestore, generated: 20 });
