import type { Role } from '../protocol/enumerations.ts';

/** Who may call an operation at all; whose record it is, is checked on the record itself (ownership.ts). */
export type Permission = 'anyone' | readonly Role[];

const user = ['customer', 'agent', 'admin'] as const;
const staff = ['agent', 'admin'] as const;
const admin = ['admin'] as const;

/**
 * Every operation of the API and who may call it. The gateway refuses to start with an operation that is not
 * named here, so that nothing is open by oversight.
 */
export const permissions = {
  createToken: 'anyone',
  registerAccount: 'anyone',
  refreshToken: user,
  revokeTokens: user,
  getMe: user,
  routeIssue: user,
  analyzeSentiment: user,
  categorizeIssue: user,
  suggestAnswers: user,
  analyzeIssue: user,
  matchAgents: staff,
  openSession: user,
  listSessions: user,
  getSession: user,
  getTranscript: user,
  updateSession: user,
  claimSession: ['agent'],
  transferSession: staff,
  escalateSession: staff,
  listAnnotations: user,
  addAnnotation: user,
  deleteAnnotation: user,
  listMessages: user,
  uploadProof: user,
  listProofs: user,
  downloadProof: user,
  decideProof: ['customer'],
  listArticles: user,
  getArticle: user,
  listArticleRevisions: staff,
  createArticle: admin,
  updateArticle: admin,
  deleteArticle: admin,
  getSkills: staff,
  updateSkills: admin,
  listAudit: admin,
  getSettings: staff,
  updateSettings: admin,
  listAgents: staff,
  updateAgent: staff,
  getSessionAnalytics: staff,
  generateDocument: admin,
  getDocumentationJob: admin,
  cancelDocumentationJob: admin,
  listDocuments: user,
  getDocument: user,
  withdrawDocument: admin,
  publishDocument: admin,
  receiveDocumentationWebhook: 'anyone',
  listTrainingModules: user,
  getTrainingModule: user,
  getTrainingStaleness: staff,
  createTrainingModule: admin,
  updateTrainingModule: admin,
  listTrainingProgress: user,
  listTrainingProgressOf: user,
  recordTrainingProgress: user,
  recordTrainingProgressOf: user,
  getTrainingReport: admin,
} as const satisfies Record<string, Permission>;

export type OperationId = keyof typeof permissions;
