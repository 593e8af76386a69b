/** What people may be; in a file of its own, so that the command line can name them without loading schemas. */
export const roles = ['customer', 'agent', 'admin'] as const;
