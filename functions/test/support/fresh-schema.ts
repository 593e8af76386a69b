import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** A new, empty schema in the database, as a DATABASE_URL of its own. */
export const freshSchema = async (url: string): Promise<string> => {
  const name = `desk_${randomUUID().replaceAll('-', '')}`;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE SCHEMA ${name}`);
  await client.end();
  return `${url}?options=-c%20search_path%3D${name}`;
};
