import { describe, expect, it } from 'vitest';
import { createMemoryRelay } from '../../engines/memory/memory-relay.ts';
import { createSignsOfLife } from '../../engines/memory/signs-of-life.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { admin, openSessionDesk } from '../../testing/session-desk.ts';
import { absentAfterMs, createAttendance } from './attendance.ts';

const openAttendance = () => {
  const clock = createManualClock();
  const returns: number[] = [];
  const attendance = createAttendance({
    signs: createSignsOfLife({ clock, relay: createMemoryRelay() }),
    clock,
    onReturn: () => returns.push(clock.monotonicMs()),
  });
  const absent = async () => [...(await attendance.absent(['ben', 'dan']))];
  return { clock, attendance, absent, returns };
};

describe('attendance', () => {
  it('[RO6] nobody is absent in the first minute after a start, everybody unheard of is after it', async () => {
    const { clock, absent } = openAttendance();
    clock.advance(absentAfterMs - 1);
    expect(await absent()).toEqual([]);
    clock.advance(1);
    expect(await absent()).toEqual(['ben', 'dan']);
  });

  it('[RO6] whoever was heard of within a minute is there, whatever the wall clock does', async () => {
    const { clock, attendance, absent } = openAttendance();
    clock.advance(absentAfterMs);
    attendance.heard('ben');
    clock.jump(86_400_000);
    clock.advance(absentAfterMs - 1);
    expect(await absent()).toEqual(['dan']);
    clock.advance(1);
    expect(await absent()).toEqual(['ben', 'dan']);
  });

  it('[RO6] an excused agent counts as there until first heard of', async () => {
    const { clock, attendance, absent } = openAttendance();
    attendance.excuse(['ben', 'dan']);
    clock.advance(10 * absentAfterMs);
    expect(await absent()).toEqual([]);
    attendance.heard('ben');
    clock.advance(absentAfterMs);
    expect(await absent()).toEqual(['ben']);
  });

  it('[RO6] it is told when somebody who was absent is there again, and not before', () => {
    const { clock, attendance, returns } = openAttendance();
    attendance.heard('ben');
    clock.advance(absentAfterMs - 1);
    attendance.heard('ben');
    expect(returns).toEqual([]);
    clock.advance(absentAfterMs);
    attendance.heard('ben');
    expect(returns).toHaveLength(1);
  });
});

describe('an absent agent', () => {
  const openDesk = async () => {
    const desk = await openSessionDesk();
    const agent = await desk.agent('ben');
    desk.attendance.heard('ben');
    desk.clock.advance(absentAfterMs);
    const { id } = await desk.open(await desk.customer('buyer'));
    return { desk, agent, id };
  };

  it('[RO6] gets nothing new from the queue, and the first in it on coming back', async () => {
    const { desk, id } = await openDesk();
    expect(await desk.settled(id)).toMatchObject({ status: 'queued' });
    expect(desk.sessions.queue.placesOn('live-chat')).toBe(0);
    desk.attendance.heard('ben');
    expect(await desk.settled(id)).toMatchObject({ status: 'active', agentId: 'ben' });
  });

  it('[RO6] gets nothing by transfer, with the reason', async () => {
    const { desk, id } = await openDesk();
    await expect(desk.sessions.handOver.transfer(admin, id, { agentId: 'ben' })).rejects.toMatchObject({
      code: 'agent_not_eligible',
      detail: expect.stringContaining('not heard of'),
    });
  });

  it('[RO6] keeps what was given before', async () => {
    const desk = await openSessionDesk();
    const agent = await desk.agent('ben');
    const { id } = await desk.open(await desk.customer('buyer'));
    await desk.settled(id);
    await desk.sessions.reader.get(agent, id);
    desk.attendance.heard('ben');
    desk.clock.advance(10 * absentAfterMs);
    expect(await desk.settled(id)).toMatchObject({ status: 'active', agentId: 'ben' });
  });
});
