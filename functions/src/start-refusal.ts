/** A start that cannot be, or would break a guarantee: one sentence that says why and what to do. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal';
}

/** Why the records cannot be opened; whatever goes wrong there is a matter of the folder. */
export const folderRefusal = (dataDir: string, cause: unknown): StartRefusal => {
  const problem = cause instanceof Error ? cause.message : String(cause);
  return new StartRefusal(`DATA_DIR=${dataDir} cannot be used: ${problem}`, { cause });
};

/** Why the database cannot be opened; never with its address, which holds a password. */
export const databaseRefusal = (cause: unknown): StartRefusal => {
  const problem = cause instanceof Error ? cause.message : String(cause);
  return new StartRefusal(`The database of DATABASE_URL cannot be used: ${problem}`, { cause });
};

/** Why Firestore cannot be used; its message says what is wrong with the project or the key. */
export const firestoreRefusal = (cause: unknown, advice?: string): StartRefusal => {
  const problem = cause instanceof Error ? cause.message : String(cause);
  const sentences = [`The Firestore of FIREBASE_PROJECT_ID cannot be used: ${problem}`, advice ?? ''];
  return new StartRefusal(sentences.join(' ').trimEnd(), { cause });
};

/** Why the bucket cannot be used; its message says what is wrong with its name or the key. */
export const bucketRefusal = (bucket: string, cause: unknown): StartRefusal => {
  const problem = cause instanceof Error ? cause.message : String(cause);
  return new StartRefusal(`FIREBASE_STORAGE_BUCKET=${bucket} cannot be used: ${problem}`, { cause });
};

/** What is wrong with HOST or PORT, when that is why a server cannot listen; any other error as it is. */
export const addressRefusal = (host: string, port: number, cause: unknown): unknown => {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE') {
    return new StartRefusal(`PORT=${port} is taken by another program: choose another, e.g. PORT=3001.`);
  }
  if (code === 'EACCES') {
    return new StartRefusal(
      `PORT=${port} is not for this user to open: choose one above 1023, e.g. PORT=3000.`,
    );
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EADDRNOTAVAIL') {
    return new StartRefusal(`HOST=${host} is no address of this machine. Example: HOST=127.0.0.1`);
  }
  return cause;
};
