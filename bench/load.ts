import { parseArgs } from 'node:util';
import { buildProofdesk, demoCustomers, signIn, startProofdesk } from './http/proofdesk-process.ts';
import { withTemporaryFolder } from './http/temporary-folder.ts';
import { parseMix } from './load/mix.ts';
import { reportRealtime } from './load/realtime-report.ts';
import { countFailures, reportJournal, reportUsage } from './load/report.ts';
import { type Profile, runLoad } from './load/run-load.ts';
import { type RealtimeProfile, runRealtimeLoad } from './load/run-realtime-load.ts';

const usage = `Usage: npm run test:load -- [options]             over REST
       npm run test:load -- realtime [options]    in rooms, over sockets

Loads a Proofdesk and tells how it fared; fails when something was refused.

over REST:
  --connections N   keep-alive connections, each a customer (20)
  --seconds N       length (15)
  --rate N          activities a second over all connections (100); 0: as many as it can answer
  --mix MIX         shares of what customers do (route=6,sessions=2,list=2);
                    sessions opens one and ends it
  --url URL         load this server instead of one of its own; customers' tokens come from
                    LOAD_TOKENS (comma list), and its limits must be high enough
in rooms, always a server of its own:
  --clients N       people, each with a socket (100)
  --room-size N     people in one session (5)
  --moves N         cursor moves a second of each (10)
  --strokes N       strokes a second of each, kept before they are acknowledged (0.5)
  --minutes N       length (0.25)
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    clients: { type: 'string', default: '100' },
    'room-size': { type: 'string', default: '5' },
    moves: { type: 'string', default: '10' },
    strokes: { type: 'string', default: '0.5' },
    minutes: { type: 'string', default: '0.25' },
    connections: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '15' },
    rate: { type: 'string', default: '100' },
    mix: { type: 'string', default: 'route=6,sessions=2,list=2' },
    url: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const profile: Profile = {
  connections: Number(values.connections),
  seconds: Number(values.seconds),
  rate: Number(values.rate),
  mix: parseMix(values.mix),
};

const load = async (url: string, tokens: readonly string[]): Promise<void> => {
  print(`Loading ${url}: ${profile.connections} connections, ${profile.seconds} s, ${values.mix} ...\n`);
  const journal = await runLoad(url, tokens, profile);
  print(reportJournal(journal, profile.seconds));
  const failures = countFailures(journal);
  if (failures > 0) process.exitCode = 1;
  print(failures === 0 ? '\nEvery reply was a success.' : `\n${failures} replies were no success.`);
};

const loadOwnServer = (): Promise<void> =>
  withTemporaryFolder(async (folder) => {
    buildProofdesk();
    const server = await startProofdesk({ folder });
    try {
      const tokens = await Promise.all(demoCustomers.map((account) => signIn(server.url, account)));
      const before = await server.usage();
      await load(server.url, tokens);
      print(reportUsage(before, await server.usage(), profile.seconds));
    } finally {
      await server.stop();
    }
  });

const loadRooms = async (): Promise<void> => {
  const rooms: RealtimeProfile = {
    clients: Number(values.clients),
    roomSize: Number(values['room-size']),
    moves: Number(values.moves),
    strokes: Number(values.strokes),
    minutes: Number(values.minutes),
  };
  buildProofdesk();
  print(
    `Loading: ${rooms.clients} people in sessions of ${rooms.roomSize}, each ${rooms.moves} moves and ` +
      `${rooms.strokes} strokes a second, ${rooms.minutes} minutes ...\n`,
  );
  print(reportRealtime(await runRealtimeLoad(rooms), rooms));
};

const [kind = 'rest'] = positionals;
if (values.help || !['rest', 'realtime'].includes(kind)) print(usage);
else if (kind === 'realtime') await loadRooms();
else if (values.url === undefined) await loadOwnServer();
else await load(values.url, (process.env.LOAD_TOKENS ?? '').split(','));
