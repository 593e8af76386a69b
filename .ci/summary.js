// Adds up test reports and prints the one closing line; fails when a report is missing or anything was skipped.
import { readFileSync } from 'node:fs';

const read = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    console.error(`There is no test report ${file}.`);
    return {
      numPassedTests: 0,
      numFailedTests: 1,
      numPendingTests: 0,
      numTodoTests: 0,
      numFailedTestSuites: 0,
    };
  }
};

const total = { passed: 0, failed: 0, skipped: 0 };
for (const file of process.argv.slice(2)) {
  const report = read(file);
  total.passed += report.numPassedTests;
  // A file that cannot be loaded has no failed test of its own, yet it failed.
  total.failed += Math.max(report.numFailedTests, report.success === false ? 1 : 0);
  total.skipped += report.numPendingTests + report.numTodoTests;
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 && total.skipped === 0 && total.passed > 0 ? 0 : 1);
