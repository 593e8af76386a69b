import type { SkillView } from '../../protocol/agents.ts';

/** The table of skills a new shop starts with; administrators change it as their people and products need. */
export const defaultSkills: readonly SkillView[] = [
  {
    name: 'file-preparation',
    keywords: [
      'bleed',
      'trim',
      'crop marks',
      'safe zone',
      'fonts',
      'embedded',
      'resolution',
      'pdf',
      'dpi',
      'ppi',
    ],
    categories: ['technical'],
    required: false,
  },
  {
    name: 'colour-management',
    keywords: [
      'colour',
      'color',
      'cmyk',
      'rgb',
      'pantone',
      'icc',
      'profile',
      'rich black',
      'farbe',
      'couleur',
    ],
    categories: [],
    required: false,
  },
  {
    name: 'proofs-and-approvals',
    keywords: ['proof', 'approve', 'approval', 'sign off', 'mock-up', 'mockup', 'sample'],
    categories: ['approval'],
    required: false,
  },
  {
    name: 'artwork-changes',
    keywords: ['typo', 'spelling', 'move', 'replace', 'wording', 'layout', 'redesign'],
    categories: ['revision'],
    required: false,
  },
  {
    name: 'packaging-and-labels',
    keywords: ['box', 'boxes', 'carton', 'dieline', 'label', 'labels', 'sleeve', 'pouch', 'barcode'],
    categories: [],
    required: false,
  },
  {
    name: 'signage-and-large-format',
    keywords: ['banner', 'sign', 'signage', 'wrap', 'van', 'poster', 'billboard', 'roll-up', 'foamboard'],
    categories: [],
    required: false,
  },
  {
    name: 'apparel-and-gifts',
    keywords: ['shirt', 'shirts', 'hoodie', 'polo', 'embroidery', 'mug', 'cap', 'tote', 'photo book'],
    categories: [],
    required: false,
  },
  {
    name: 'orders-and-delivery',
    keywords: ['delivery', 'delivered', 'courier', 'tracking', 'parcel', 'shipment', 'quantity', 'address'],
    categories: ['urgent', 'question'],
    required: false,
  },
  {
    name: 'billing-and-accounts',
    keywords: ['invoice', 'refund', 'payment', 'vat', 'password', 'account', 'login', 'sign in'],
    categories: ['general'],
    required: false,
  },
];
