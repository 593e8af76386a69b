/** What git needs to be found and to know its user; a token or a key in the environment is none of its business. */
export const readGitEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    ['PATH', 'HOME', 'USERPROFILE', 'SystemRoot'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
