/** Bounds of a scene. They stand apart from the schemas, which those who only write scenes need not load. */
export const longestSceneText = 2_000;
export const longestSceneSeconds = 600;
export const mostFactIds = 200;
