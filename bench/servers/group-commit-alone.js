import { openGroupCommit } from './group-commit-store.js';

/**
 * The commit of the group-committing server without clients and network: each of so many writers hands in its next
 * text as soon as the last is committed. Arguments: file, writers, milliseconds, text. Prints commits a second.
 */
const [file = '', writers = '', milliseconds = '', text = ''] = process.argv.slice(2);
const store = openGroupCommit(file);
const startedAt = performance.now();
const endsAt = startedAt + Number(milliseconds);
let committed = 0;
let writing = Number(writers);

const write = () =>
  store.add(text, () => {
    committed += 1;
    if (performance.now() < endsAt) return write();
    writing -= 1;
    if (writing > 0) return;
    process.stdout.write(String((committed * 1_000) / (performance.now() - startedAt)));
  });

for (let writer = 0; writer < Number(writers); writer += 1) write();
