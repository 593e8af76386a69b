import type { CollectionName, Records } from './records.ts';

/**
 * How a field is kept: `json` is any JSON value (kept as JSON text by every engine, because databases with a JSON
 * type of their own refuse some of it), `jsonText` the same where records hold it as a `JsonText`, `large` where it
 * can outgrow the records of an engine (Firestore keeps it packed), `list` a list of texts that can be searched with
 * `contains`, `time` an ISO text (a Timestamp in Firestore).
 */
export type FieldKind =
  | 'text'
  | 'integer'
  | 'real'
  | 'boolean'
  | 'time'
  | 'json'
  | 'jsonText'
  | 'large'
  | 'list';

/** An index that a query may use: one filtered field (or none) and the field that orders the result. */
export interface CollectionIndex<Field extends string> {
  equal?: Field;
  order: Field;
}

/** Shape of a collection: every engine makes its tables, documents and indexes from this one description. */
export interface CollectionShape<Name extends CollectionName> {
  fields: { [Field in keyof Required<Records[Name]> & string]: FieldKind };
  indexes: readonly CollectionIndex<keyof Records[Name] & string>[];
}

export const collections: { [Name in CollectionName]: CollectionShape<Name> } = {
  supportSessions: {
    fields: {
      id: 'text',
      customerId: 'text',
      agentId: 'text',
      type: 'text',
      status: 'text',
      startTime: 'time',
      duration: 'real',
      resolution: 'text',
      satisfaction: 'integer',
      issue: 'text',
      subject: 'text',
      orderRef: 'text',
      tags: 'list',
      category: 'text',
      urgency: 'text',
      sentiment: 'text',
      emotion: 'text',
      complexity: 'integer',
      language: 'text',
      visual: 'boolean',
      decisionId: 'text',
      queuedAt: 'time',
      assignedAt: 'time',
      openedAt: 'time',
      endedAt: 'time',
      previousSessionId: 'text',
      epoch: 'text',
      requiredSkills: 'json',
      neededSkills: 'json',
      preferredAgentId: 'text',
      declinedBy: 'json',
      handovers: 'integer',
      audience: 'list',
      unopenedSince: 'time',
      searchTerms: 'list',
    },
    indexes: [
      { order: 'startTime' },
      { equal: 'customerId', order: 'startTime' },
      { equal: 'agentId', order: 'startTime' },
      { equal: 'status', order: 'startTime' },
      { equal: 'category', order: 'startTime' },
      { equal: 'orderRef', order: 'startTime' },
      { equal: 'tags', order: 'startTime' },
      { equal: 'audience', order: 'startTime' },
      { equal: 'searchTerms', order: 'startTime' },
      { equal: 'status', order: 'queuedAt' },
      { order: 'unopenedSince' },
    ],
  },
  sessionLog: {
    fields: {
      id: 'text',
      sessionId: 'text',
      seq: 'integer',
      kind: 'text',
      at: 'time',
      authorId: 'text',
      visibility: 'text',
      subjectId: 'text',
      operation: 'text',
      contentHash: 'text',
      conversation: 'text',
      data: 'json',
    },
    indexes: [
      { equal: 'sessionId', order: 'seq' },
      { equal: 'operation', order: 'seq' },
      { equal: 'conversation', order: 'seq' },
    ],
  },
  annotations: {
    fields: {
      id: 'text',
      sessionId: 'text',
      userId: 'text',
      type: 'text',
      data: 'jsonText',
      timestamp: 'time',
      layer: 'text',
      page: 'integer',
      proofId: 'text',
      seq: 'integer',
      rev: 'integer',
      status: 'text',
      deleted: 'boolean',
    },
    indexes: [{ equal: 'sessionId', order: 'seq' }],
  },
  proofs: {
    fields: {
      id: 'text',
      sessionId: 'text',
      userId: 'text',
      timestamp: 'time',
      name: 'text',
      version: 'integer',
      replaces: 'text',
      format: 'text',
      size: 'integer',
      sha256: 'text',
      pageCount: 'integer',
      pages: 'json',
      status: 'text',
      decision: 'json',
      seq: 'integer',
      rev: 'integer',
    },
    indexes: [{ equal: 'sessionId', order: 'seq' }],
  },
  users: {
    fields: { id: 'text', email: 'text', name: 'text', role: 'text', createdAt: 'time' },
    indexes: [
      { order: 'createdAt' },
      { equal: 'role', order: 'createdAt' },
      { equal: 'email', order: 'createdAt' },
    ],
  },
  localAccounts: {
    fields: { id: 'text', userId: 'text', passwordHash: 'text' },
    indexes: [{ equal: 'userId', order: 'id' }],
  },
  tokenRevocations: { fields: { id: 'text', generation: 'integer' }, indexes: [] },
  agents: {
    fields: {
      id: 'text',
      name: 'text',
      skills: 'json',
      languages: 'json',
      capacity: 'json',
      open: 'json',
      status: 'text',
      ratingSum: 'integer',
      ratingCount: 'integer',
      idleSince: 'time',
    },
    indexes: [{ order: 'name' }],
  },
  skills: {
    fields: { id: 'text', name: 'text', keywords: 'json', categories: 'json', required: 'boolean' },
    indexes: [{ order: 'name' }],
  },
  routingDecisions: {
    fields: {
      id: 'text',
      at: 'time',
      userId: 'text',
      sessionId: 'text',
      issue: 'text',
      input: 'json',
      analysis: 'json',
      engine: 'text',
      engineVersion: 'text',
      policyVersion: 'text',
      category: 'text',
      urgency: 'text',
      complexity: 'integer',
      recommendedRoute: 'text',
      confidence: 'real',
      policyConfidence: 'real',
      calibration: 'text',
      alternatives: 'json',
      factors: 'json',
      reasoning: 'text',
      chosenChannel: 'text',
      outcome: 'text',
      right: 'boolean',
      satisfaction: 'integer',
      duration: 'real',
      outcomeAt: 'time',
    },
    indexes: [{ order: 'at' }, { order: 'outcomeAt' }, { equal: 'userId', order: 'at' }],
  },
  channelOutcomes: {
    fields: {
      id: 'text',
      channel: 'text',
      category: 'text',
      complexityBand: 'text',
      ended: 'integer',
      resolved: 'integer',
    },
    indexes: [{ order: 'id' }],
  },
  confidenceOutcomes: {
    fields: {
      id: 'text',
      policyVersion: 'text',
      tenth: 'integer',
      decisions: 'integer',
      right: 'integer',
      confidenceSum: 'real',
    },
    indexes: [{ equal: 'policyVersion', order: 'tenth' }],
  },
  articles: {
    fields: {
      id: 'text',
      title: 'text',
      body: 'text',
      category: 'text',
      tags: 'list',
      keywords: 'json',
      revision: 'integer',
      updatedAt: 'time',
      updatedBy: 'text',
    },
    indexes: [{ order: 'updatedAt' }],
  },
  articleRevisions: {
    fields: {
      id: 'text',
      articleId: 'text',
      revision: 'integer',
      title: 'text',
      body: 'text',
      category: 'text',
      tags: 'list',
      keywords: 'json',
      updatedAt: 'time',
      updatedBy: 'text',
      removed: 'boolean',
    },
    indexes: [{ equal: 'articleId', order: 'revision' }],
  },
  settings: {
    fields: {
      id: 'text',
      name: 'text',
      timeZone: 'text',
      hours: 'json',
      holidays: 'json',
      awayText: 'text',
      channels: 'json',
      revision: 'integer',
    },
    indexes: [],
  },
  analyticsRollups: {
    fields: {
      id: 'text',
      hour: 'time',
      channel: 'text',
      category: 'text',
      agentId: 'text',
      ended: 'integer',
      resolved: 'integer',
      escalated: 'integer',
      abandoned: 'integer',
      handedOver: 'integer',
      waitSum: 'real',
      waitCount: 'integer',
      firstResponseSum: 'real',
      firstResponseCount: 'integer',
      durationSum: 'real',
      durationCount: 'integer',
      ratingSum: 'integer',
      ratingCount: 'integer',
    },
    indexes: [{ order: 'hour' }, { equal: 'agentId', order: 'hour' }],
  },
  documentation: {
    fields: {
      id: 'text',
      repository: 'text',
      from: 'text',
      to: 'text',
      audience: 'text',
      engineVersion: 'text',
      title: 'text',
      document: 'large',
      createdAt: 'time',
      origin: 'text',
    },
    indexes: [{ order: 'createdAt' }, { equal: 'repository', order: 'createdAt' }],
  },
  documentGuides: {
    fields: {
      id: 'text',
      repository: 'text',
      to: 'text',
      title: 'text',
      version: 'text',
      createdAt: 'time',
      passages: 'large',
      told: 'large',
    },
    indexes: [{ order: 'createdAt' }],
  },
  trainingModules: {
    fields: {
      id: 'text',
      title: 'text',
      category: 'text',
      type: 'text',
      content: 'json',
      version: 'integer',
      autoGenerated: 'boolean',
      sourceFacts: 'json',
      updatedAt: 'time',
      staleSince: 'time',
    },
    indexes: [
      { order: 'updatedAt' },
      { equal: 'category', order: 'updatedAt' },
      { equal: 'type', order: 'updatedAt' },
    ],
  },
  trainingVersions: {
    fields: {
      id: 'text',
      moduleId: 'text',
      version: 'integer',
      title: 'text',
      category: 'text',
      content: 'json',
      sourceFacts: 'json',
      madeAt: 'time',
    },
    indexes: [],
  },
  trainingProgress: {
    fields: {
      id: 'text',
      userId: 'text',
      moduleId: 'text',
      version: 'integer',
      title: 'text',
      type: 'text',
      startedAt: 'time',
      completedAt: 'time',
      score: 'real',
      attempts: 'json',
      updatedAt: 'time',
    },
    indexes: [
      { order: 'updatedAt' },
      { equal: 'userId', order: 'updatedAt' },
      { equal: 'moduleId', order: 'updatedAt' },
      { equal: 'moduleId', order: 'completedAt' },
    ],
  },
  audit: {
    fields: {
      id: 'text',
      at: 'time',
      actorId: 'text',
      action: 'text',
      subjectId: 'text',
      data: 'json',
    },
    indexes: [{ order: 'at' }],
  },
  leases: {
    fields: { id: 'text', holder: 'text', host: 'text', pid: 'integer', expiresAt: 'time' },
    indexes: [],
  },
  documentationRuns: {
    fields: { id: 'text', run: 'text', job: 'json', heardAt: 'time', cancelled: 'boolean' },
    indexes: [{ order: 'heardAt' }],
  },
  uploads: {
    fields: { id: 'text', at: 'time' },
    indexes: [{ order: 'at' }],
  },
};
