/** Results go to standard output, where a pipe may take them. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** What is said about the work goes to standard error, so that it never mixes with a result. */
export const say = (text: string): void => void process.stderr.write(`${text}\n`);
