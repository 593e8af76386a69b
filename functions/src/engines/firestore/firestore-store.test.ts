import { describeRecordStore } from '../../ports/record-store.contract.ts';
import { openTestFirestore } from '../../testing/test-firestore.ts';

describeRecordStore({
  name: 'firestore',
  open: openTestFirestore,
  generatedRecords: 20,
  largestRecordBytes: 1_000_000,
});
