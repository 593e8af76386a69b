/** A path without the names of its parameters, which no caller writes: `/orders/:id` is `/orders/:`. */
export const requestShape = (path: string): string => path.replace(/:[A-Za-z_]\w*/g, ':');
