import type { NewAccount } from '../../ports/identity.ts';
import type { AgentSkill } from '../../ports/records.ts';
import type { Language } from '../../protocol/enumerations.ts';

/** Password of every demo account. */
export const demoPassword = 'proofdesk-demo';

const account = (uid: string, name: string, role: NewAccount['role']): Required<NewAccount> => ({
  uid,
  email: `${uid}@demo.local`,
  name,
  role,
  password: demoPassword,
});

/** The accounts one can sign in with. */
export const demoAccounts = [
  account('customer', 'Demo Customer', 'customer'),
  account('customer2', 'Second Demo Customer', 'customer'),
  account('agent', 'Demo Agent', 'agent'),
  account('agent2', 'Second Demo Agent', 'agent'),
  account('admin', 'Demo Admin', 'admin'),
] as const;

export const firstCustomerId = 'customer';
export const firstAgentId = 'agent';

/** Customers of the past, who do not sign in. */
export const pastCustomerCount = 12;

export interface DemoAgent {
  id: string;
  skills: AgentSkill[];
  languages: Language[];
}

export const demoAgents: readonly DemoAgent[] = [
  {
    id: firstAgentId,
    skills: [
      { name: 'file-preparation', level: 5 },
      { name: 'colour-management', level: 4 },
      { name: 'proofs-and-approvals', level: 4 },
      { name: 'artwork-changes', level: 3 },
    ],
    languages: ['en', 'de'],
  },
  {
    id: 'agent2',
    skills: [
      { name: 'orders-and-delivery', level: 5 },
      { name: 'billing-and-accounts', level: 4 },
      { name: 'packaging-and-labels', level: 4 },
      { name: 'signage-and-large-format', level: 3 },
      { name: 'apparel-and-gifts', level: 3 },
    ],
    languages: ['en', 'es', 'fr'],
  },
];
