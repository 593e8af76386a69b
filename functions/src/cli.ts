import { Command, InvalidArgumentError } from 'commander';
import { addDataCommands } from './cli/data.ts';
import { addDocsCommands } from './cli/docs.ts';
import { print } from './cli/print.ts';
import type { CommandLine } from './compose/command-line.ts';
import { AppError } from './errors/app-error.ts';
import type { Role } from './protocol/enumerations.ts';
import { roles } from './protocol/roles.ts';
import { StartRefusal } from './start-refusal.ts';

// Whoever read the results has seen enough, as `head` does: nothing is left to do, and nothing to explain.
for (const output of [process.stdout, process.stderr]) output.on('error', () => process.exit());

/**
 * A door: the `proofdesk` command. It works beside a running server on the same data. What a command needs is loaded
 * when it runs: all of the server would take longer than most commands do.
 */
const program = new Command('proofdesk').description('Manage a Proofdesk from the command line.');

const roleArgument = (text: string): Role => {
  const role = roles.find((candidate) => candidate === text);
  if (role === undefined) throw new InvalidArgumentError(`Choose one of ${roles.join(', ')}.`);
  return role;
};

/** Opens the data, does the work, lets go of everything. */
const withData = async (work: (line: CommandLine) => Promise<void>): Promise<void> => {
  const { openCommandLine } = await import('./compose/command-line.ts');
  const { loadConfig } = await import('./config.ts');
  const line = await openCommandLine(loadConfig());
  try {
    await work(line);
  } finally {
    await line.close();
  }
};

const readPassword = async (): Promise<string> => {
  if (process.stdin.isTTY) process.stderr.write('Password (12 characters or more, then Enter): ');
  let text = '';
  for await (const chunk of process.stdin) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.split(/\r?\n/, 1)[0] ?? '';
};

const users = program.command('users').description('people who sign in');

users
  .command('add')
  .description('make an account; the password is read from standard input')
  .argument('<email>', 'e-mail address')
  .option('--name <name>', 'name that others see (default: the address)')
  .option('--role <role>', roles.join(', '), roleArgument, 'customer')
  .action((email: string, { name, role }: { name?: string; role: Role }) =>
    withData(async ({ people }) => {
      const user = await people.add({ email, name: name ?? email, role, password: await readPassword() });
      print(`Made ${user.role} ${user.email} with the id ${user.uid}.`);
    }),
  );

users
  .command('list')
  .description('list all accounts')
  .action(() =>
    withData(async ({ people }) => {
      for await (const { id, role, email, name } of people.list()) print([id, role, email, name].join('\t'));
    }),
  );

users
  .command('role')
  .description('change the role; it holds within 30 seconds')
  .argument('<email>', 'e-mail address or id')
  .argument('<role>', roles.join(', '), roleArgument)
  .action((email: string, role: Role) =>
    withData(async ({ people }) => {
      const user = await people.setRole(email, role);
      print(`${user.email} is ${role} now.`);
    }),
  );

users
  .command('revoke')
  .description('end all tokens; holds within 30 seconds')
  .argument('<email>', 'e-mail address or id')
  .action((email: string) =>
    withData(async ({ people }) => {
      const user = await people.revoke(email);
      print(`All tokens of ${user.email} are ended.`);
    }),
  );

users
  .command('erase')
  .description(
    'remove the account and every text the person wrote; figures stay. Beside a running server it waits for half a minute first, until all tokens have ended',
  )
  .argument('<email>', 'e-mail address or id')
  .action((email: string) =>
    withData(async ({ people }) => {
      const { user, sessions } = await people.erase(email);
      print(`Erased ${user.email} and the texts of ${sessions} sessions.`);
    }),
  );

program
  .command('decisions')
  .description('replay stored decisions: calibration, and how each channel turned out')
  .action(() => withData(async ({ replay }) => print(await replay())));

program
  .command('doctor')
  .description('try each engine that is configured, and say what to mend')
  .action(async () => {
    const { examine } = await import('./compose/doctor.ts');
    const { loadConfig } = await import('./config.ts');
    const findings = await examine(loadConfig());
    for (const { part, good, text } of findings)
      print(`${good ? 'good' : 'BAD '}  ${part.padEnd(9)} ${text}`);
    if (findings.some(({ good }) => !good)) process.exitCode = 1;
  });

addDataCommands(program);
addDocsCommands(program);

/** Of a file or folder that its user named: what the system says of it is enough. */
const isOfSystem = (error: unknown): error is Error =>
  error instanceof Error && 'syscall' in error && 'path' in error;

const explain = (error: unknown): string => {
  if (isOfSystem(error)) return error.message;
  if (error instanceof StartRefusal) return error.message;
  if (error instanceof AppError)
    return [error.detail, ...error.errors.map(({ message }) => message)].join(' ');
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});
