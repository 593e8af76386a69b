import { Crowd } from './crowd.ts';
import type { Dialect } from './dialect.ts';
import { draw } from './drawing.ts';
import { createHocuspocusDialect } from './hocuspocus-dialect.ts';
import type { Answer, DialectName, Order, OrderName, Results } from './orders.ts';
import { rawDialect } from './raw-dialect.ts';
import { proofdeskDialect, relayDialect } from './socket-io-dialect.ts';

/** The process that plays clients, so that their work slows nobody else down. */
const dialects: Record<DialectName, () => Dialect> = {
  raw: () => rawDialect,
  relay: () => relayDialect,
  proofdesk: () => proofdeskDialect,
  hocuspocus: createHocuspocusDialect,
};

const crowds = new Map<string, Crowd>();

const crowdNamed = (name: string): Crowd => {
  const crowd = crowds.get(name);
  if (crowd === undefined) throw new Error(`There is no crowd "${name}".`);
  return crowd;
};

const obey = async (order: Order): Promise<Results[OrderName]> => {
  switch (order.name) {
    case 'open': {
      const { dialect, guests } = order.order;
      const crowd = new Crowd(dialects[dialect]());
      crowds.set(order.crowd, crowd);
      return void (await crowd.open(guests));
    }
    case 'move':
      return crowdNamed(order.crowd).move(order.order.perSecond, order.order.windowMs);
    case 'draw':
      return draw(crowdNamed(order.crowd), order.order);
    case 'work': {
      const { movesPerSecond, strokesPerSecond, windowMs } = order.order;
      const crowd = crowdNamed(order.crowd);
      const moving = crowd.move(movesPerSecond, windowMs);
      const drawn = await draw(crowd, { perSecond: strokesPerSecond, windowMs });
      return { movement: await moving, drawn };
    }
    case 'close':
      crowdNamed(order.crowd).close();
      crowds.delete(order.crowd);
      return undefined;
  }
};

const answer = (message: Answer): void => void process.send?.(message);

process.on('message', (order: Order) => {
  obey(order).then(
    (result) => answer({ result }),
    (error: unknown) => answer({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
