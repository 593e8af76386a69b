import { afterEach, describe, it } from 'vitest';
import { makeFolder } from '../../../functions/src/testing/make-folder.ts';
import { type ServerProcess, startServerProcess } from '../../../functions/test/support/processes.ts';
import { type Adder, addOn, expectExactlyOnce, startAdders } from '../support/adders.ts';
import { liveRoomSettings, openLiveRooms } from '../support/live-room.ts';

const kills = 20;
const sessions = 4;
const answersBeforeKill = 300;

describe('a server that is killed under clients at work', () => {
  let adders: Adder[] = [];
  afterEach(() => {
    for (const { client } of adders.splice(0)) client.close();
  });

  it('[RT1] [RT2] [RT3] [FA] 20 kills under 20 clients: nothing acknowledged is lost or doubled, and all go on by themselves', async () => {
    const dataDir = await makeFolder();
    const settings = { DATA_DIR: dataDir, ...liveRoomSettings };
    let server: ServerProcess = await startServerProcess(settings);
    const { url } = server;
    const rooms = await openLiveRooms({ url, place: { DATA_DIR: dataDir } }, sessions);
    adders = await startAdders(url, rooms, { customer: 3, agent: 2 });
    let isOver = false;
    let answers = 0;
    let whenEnough = () => {};
    const answered = () => {
      answers += 1;
      if (answers % answersBeforeKill === 0) whenEnough();
    };
    const work = adders.map((adder) => addOn(adder, () => isOver, answered));
    for (let kill = 0; kill < kills; kill += 1) {
      await new Promise<void>((resolve) => {
        whenEnough = resolve;
      });
      await server.end('SIGKILL');
      server = await startServerProcess({ ...settings, PORT: new URL(url).port });
    }
    isOver = true;
    await Promise.all(work);
    for (const adder of adders) await expectExactlyOnce(adder, rooms);
    console.log(
      `${kills} kills, ${adders.length} clients: ${answers} annotations acknowledged, each there once`,
    );
    await rooms.close();
  }, 280_000);
});
