/** Bounds of what modules are made of. They stand apart from the schemas, which those who only write need not load. */
export const longestSceneText = 2_000;
export const longestSceneSeconds = 600;
export const longestStepText = 2_000;
/** Of why a part is not true any more, as much as is read beside it. */
export const longestReason = 500;
export const mostFactIds = 200;
