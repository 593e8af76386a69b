/** The command an option or argument belongs to, with the program before it. */
export const commandOf = ({ subject }: { subject: string }): string =>
  subject.split(' ').slice(0, -1).join(' ');
