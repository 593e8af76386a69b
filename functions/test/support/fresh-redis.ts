import { createClient } from 'redis';

/** A database of that Redis which nobody else has, as a REDIS_URL of its own. The first one counts them. */
export const freshRedis = async (url: string): Promise<string> => {
  const client = createClient({ url });
  await client.connect();
  const number = await client.incr('databases');
  client.destroy();
  return `${url}/${number}`;
};
