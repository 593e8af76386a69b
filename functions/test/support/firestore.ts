import type { TestProject } from 'vitest/node';

export default ({ provide }: TestProject): void => provide('firestore', true);
