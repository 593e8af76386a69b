import { describe, expect, it, vi } from 'vitest';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createManualTimers } from '../../testing/manual-timers.ts';
import { RoomPresence } from './room-presence.ts';

const ben = { userId: 'ben', name: 'Ben', role: 'agent', status: 'active' } as const;
const benHere = { uid: 'ben', name: 'Ben', role: 'agent' } as const;

const open = () => {
  const clock = createManualClock();
  const listener = { joined: vi.fn(), left: vi.fn(), changed: vi.fn() };
  const announce = vi.fn();
  const presence = new RoomPresence({ clock, timers: createManualTimers(clock), listener, announce });
  return { clock, listener, announce, presence };
};

describe('people of one session over several nodes', () => {
  it('[RT8] somebody at two nodes is told of once, and leaves with the last one', () => {
    const { listener, presence } = open();
    presence.heard('node-2', [ben], 'left');
    presence.enter(benHere, 'socket-1');
    presence.heard('node-2', [], 'left');
    expect(listener.joined).toHaveBeenCalledExactlyOnceWith(ben);
    expect(listener.left).not.toHaveBeenCalled();
    presence.leave('ben', 'socket-1', 'left');
    expect(listener.left).toHaveBeenCalledExactlyOnceWith('ben', 'left');
  });

  it('[RT8] the most attentive of all nodes is what others see', () => {
    const { listener, presence } = open();
    presence.enter(benHere, 'socket-1');
    presence.update('ben', 'socket-1', 'away');
    presence.heard('node-2', [{ ...ben, status: 'idle' }], 'left');
    expect(presence.participants()).toEqual([{ ...ben, status: 'idle' }]);
    expect(listener.changed.mock.calls).toEqual([
      ['ben', 'away'],
      ['ben', 'idle'],
    ]);
  });

  it('[RT8] a node that says nothing more of a session has closed it, though nobody heard it say so', () => {
    const { clock, listener, presence } = open();
    presence.heard('node-2', [ben], 'left');
    clock.advance(20_000);
    presence.heard('node-2', [ben], 'left');
    clock.advance(20_000);
    presence.forgetSilent();
    expect(listener.left).not.toHaveBeenCalled();
    clock.advance(5_000);
    presence.forgetSilent();
    expect(listener.left).toHaveBeenCalledExactlyOnceWith('ben', 'gone');
    expect(presence.shared).toBe(false);
  });
});
