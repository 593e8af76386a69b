import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { ModuleDraft, ToldFact, TrainingUpdate } from '../ports/training-upkeep.ts';
import { webVtt } from '../protocol/captions.ts';
import type { AnsweredQuestion } from '../protocol/quiz.ts';
import { type CreateModule, createModuleSchema, updateModuleSchema } from '../protocol/training.ts';
import { recordProgressSchema } from '../protocol/training-progress.ts';
import { createManualClock, type ManualClock } from '../testing/manual-clock.ts';
import { person } from '../testing/person.ts';
import { partsOf } from './module-parts.ts';
import { presentModule } from './module-view.ts';
import { createTraining, type Training } from './training-service.ts';

const customer = person('customer', 'anna');
const agent = person('agent', 'ben');

const question = (id: string, facts: string[]): AnsweredQuestion => ({
  id,
  kind: 'choice',
  question: `What is true of ${id}?`,
  options: [
    { id: 'right', text: 'This' },
    { id: 'wrong', text: 'That' },
  ],
  correct: ['right'],
  explanation: 'Because it is so.',
  facts,
});

const quizOf = (questions: AnsweredQuestion[]): CreateModule['content'] => ({
  type: 'quiz',
  passScore: 0.5,
  questions,
});

const quizDraft = (...questions: AnsweredQuestion[]): ModuleDraft => ({
  title: 'What is new',
  category: 'staff',
  content: quizOf(questions),
});

const stepsDraft = (...facts: string[]): ModuleDraft => ({
  title: 'Try it',
  category: 'staff',
  content: {
    type: 'interactive',
    steps: facts.map((fact) => ({ id: `step-${fact}`, text: `Do ${fact}.`, facts: [fact] })),
  },
});

const told = (id: string, digest = 'one', replaces?: string): ToldFact => ({
  id,
  digest,
  replaces,
  say: () => (id.startsWith('route') ? 'There is now another route.' : undefined),
});

const update = (facts: ToldFact[], ...modules: ModuleDraft[]): TrainingUpdate => ({
  source: 'shop',
  facts,
  modules,
});

let store: RecordStore;
let clock: ManualClock;
let training: Training;

beforeEach(async () => {
  clock = createManualClock();
  store = await openSqliteStore({ file: ':memory:' });
  training = createTraining({ store, clock });
});

afterEach(() => store.close());

const pass = (moduleId: string, version: number, answers: Record<string, string[]>, learner = agent) =>
  training.progress.record(learner, {
    moduleId,
    version,
    answers: Object.entries(answers).map(([question, options]) => ({ question, options })),
  });

describe('training', () => {
  it('[TR2] a quiz is shown without its answers and graded by the version that was shown', async () => {
    const created = await training.modules.create(quizDraft(question('a', []), question('b', [])));
    for (const reader of [agent, customer])
      expect(JSON.stringify(presentModule(reader, created))).not.toMatch(/correct|explanation|Because/);
    const { version: _, ...changed } = { ...created, content: quizOf([question('a', [])]) };
    await training.modules.update(created.id, { ...changed, version: 1 });
    const first = await pass(created.id, 1, { a: ['right'] });
    expect(first.graded).toMatchObject({ score: 0.5, passed: true });
    expect(first.graded?.questions[0]).toMatchObject({ right: true, correct: ['right'], facts: [] });
    const second = await pass(created.id, 2, { a: ['wrong'] });
    expect(second.graded).toMatchObject({ score: 0, passed: false });
    const { items } = await training.progress.of(agent.uid, { limit: 10 });
    expect(items.map(({ version, score }) => [version, score]).sort()).toEqual([
      [1, 0.5],
      [2, 0],
    ]);
  });

  it('[TR2] answers to other questions, or of videos, are refused', async () => {
    const { id } = await training.modules.create(quizDraft(question('a', [])));
    await expect(pass(id, 1, { b: ['right'] })).rejects.toMatchObject({ code: 'validation_failed' });
    await expect(pass(id, 1, { a: ['other'] })).rejects.toMatchObject({ code: 'validation_failed' });
    await expect(pass(id, 2, { a: ['right'] })).rejects.toMatchObject({
      code: 'not_found',
      detail: 'There is no training module with this id and version.',
    });
    const both = ['right', 'wrong'].map((option) => ({ question: 'a', options: [option] }));
    expect(
      recordProgressSchema.safeParse({ moduleId: id, version: 1, answers: both }).error?.issues,
    ).toMatchObject([{ path: ['answers'], message: 'answer each question once' }]);
    const steps = await training.modules.create(stepsDraft('x'));
    await expect(pass(steps.id, 1, {})).rejects.toMatchObject({ code: 'validation_failed' });
    await expect(
      training.progress.record(agent, { moduleId: id, version: 1, status: 'completed' }),
    ).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('[TR4] customers see modules for customers, staff see both', async () => {
    const { id } = await training.modules.create(quizDraft(question('a', [])));
    const open = await training.modules.create({ ...stepsDraft('x'), category: 'customer' });
    const idsFor = async (user: typeof customer) =>
      (await training.modules.list(user, { limit: 10 })).items.map((module) => module.id).sort();
    expect(await idsFor(customer)).toEqual([open.id]);
    expect(await idsFor(agent)).toEqual([id, open.id].sort());
    await expect(training.modules.get(customer, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(pass(id, 1, { a: ['right'] }, customer)).rejects.toMatchObject({ code: 'not_found' });
    expect((await training.modules.list(customer, { limit: 10, category: 'staff' })).items).toEqual([]);
  });

  it('[TR4] administrators read what they write back', async () => {
    const admin = person('admin', 'ada');
    const { id } = await training.modules.create(quizDraft(question('a', [])));
    const { title, category, version, content } = presentModule(admin, await training.modules.get(admin, id));
    const change = updateModuleSchema.parse({ title: `${title} now`, category, version, content });
    expect((await training.modules.update(id, change)).content).toEqual(quizOf([question('a', [])]));
  });

  it('[TR4] a module that is for staff now is not there for customers, in no version', async () => {
    const fields = { title: 'Prices', content: quizOf([question('a', [])]) };
    const { id } = await training.modules.create({ ...fields, category: 'customer' });
    await training.modules.update(id, { ...fields, category: 'staff', version: 1 });
    await expect(training.modules.get(customer, id, 1)).rejects.toMatchObject({ code: 'not_found' });
    await expect(pass(id, 1, {}, customer)).rejects.toMatchObject({ code: 'not_found' });
    expect((await pass(id, 1, { a: ['right'] })).graded).toMatchObject({ passed: true });
  });

  it('[TR1] a question whose options read the same, and a text of blanks, are refused', async () => {
    const issuesOf = (content: object) =>
      createModuleSchema
        .safeParse({ title: 'By hand', category: 'staff', content })
        .error?.issues.map(({ path, message }) => [path.join('.'), message]);
    const options = ['a', 'b'].map((id) => ({ id, text: 'This' }));
    expect(issuesOf(quizOf([{ ...question('q', []), options, correct: ['a'] }]))).toEqual([
      ['content.questions.0', 'two of the options read the same'],
    ]);
    const scene = { id: 's', narration: ' \n ', action: 'Show it.', seconds: 4, facts: [] };
    expect(issuesOf({ type: 'video', scenes: [scene] })?.map(([path]) => path)).toEqual([
      'content.scenes.0.narration',
    ]);
  });

  it('[DO7] captions of scenes written by hand begin at whole milliseconds', () => {
    const scene = { id: 's', narration: 'Choose Save.', action: 'Show it.', seconds: 1.0004, facts: [] };
    const scenes = [scene, { ...scene, id: 't', narration: ' ' }, { ...scene, id: 'u' }];
    const times = webVtt(scenes).match(/^.*-->.*$/gm);
    expect(times).toEqual(['00:00:00.000 --> 00:00:01.000', '00:00:02.000 --> 00:00:03.000']);
  });

  it('[DO6] a renamed fact makes a new version and marks exactly what rests on it', async () => {
    const old = [told('route-old'), told('other')];
    const drafts = [quizDraft(question('q1', ['route-old']), question('q2', ['other'])), stepsDraft('other')];
    const [quizId = '', stepsId = ''] = await training.upkeep.apply(update(old, ...drafts));
    await pass(quizId, 1, { q1: ['right'], q2: ['right'] });
    clock.advance(1_000);
    const renamed = update([told('route-new', 'one', 'route-old')], quizDraft(question('q3', ['route-new'])));
    expect(await training.upkeep.apply(renamed)).toEqual([quizId]);

    const quiz = await training.modules.get(agent, quizId);
    expect(quiz.version).toBe(2);
    expect(quiz.staleSince).toBe(quiz.updatedAt);
    const stale = await training.readStaleness(quizId);
    expect(stale.parts).toEqual([
      {
        kind: 'question',
        id: 'q1',
        text: 'What is true of q1?',
        fact: 'route-old',
        changedBy: 'route-new',
        because: 'There is now another route.',
      },
    ]);
    expect(stale.passedEarlier).toMatchObject([{ userId: agent.uid, version: 1 }]);
    expect((await training.modules.get(agent, stepsId)).version).toBe(1);

    const again = await pass(quizId, 2, { q2: ['right'], q3: ['right'] });
    expect(again.graded).toMatchObject({ score: 1, passed: true });
    expect((await training.readStaleness(quizId)).passedEarlier).toEqual([]);
  });

  it('[TR5] nobody passes a quiz in which nothing is true any more', async () => {
    const [id = ''] = await training.upkeep.apply(update([told('fact')], quizDraft(question('q', ['fact']))));
    await training.upkeep.apply(update([told('fact', 'two')]));
    await expect(pass(id, 2, { q: ['right'] })).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ path: 'version' }],
    });
    expect((await pass(id, 1, { q: ['right'] })).graded).toMatchObject({ passed: true });
  });

  it('[DO6] telling the same again changes nothing, another content of a fact does', async () => {
    const first = update([told('fact')], stepsDraft('fact'));
    const [id = ''] = await training.upkeep.apply(first);
    expect(await training.upkeep.apply(first)).toEqual([]);
    expect(await training.upkeep.apply(update([told('fact', 'two')]))).toEqual([id]);
    expect((await training.readStaleness(id)).parts).toMatchObject([{ fact: 'fact', changedBy: 'fact' }]);
  });

  it('[DO6] what became true again is asked again', async () => {
    const there = quizDraft(question('there', ['route']), question('other', ['other']));
    const [id = ''] = await training.upkeep.apply(update([told('route'), told('other')], there));
    await training.upkeep.apply(update([told('route', 'gone')], quizDraft(question('gone', ['route']))));
    await training.upkeep.apply(update([told('route')], quizDraft(question('there', ['route']))));
    const { content, staleSince } = await training.modules.get(agent, id);
    expect(content.type === 'quiz' && content.questions.map((part) => [part.id, 'stale' in part])).toEqual([
      ['other', false],
      ['gone', true],
      ['there', false],
    ]);
    expect(staleSince).toBeDefined();
  });

  it('[DO6] a part in other words takes the place of the one on the same facts', async () => {
    const [id = ''] = await training.upkeep.apply(
      update([told('a'), told('b')], quizDraft(question('old', ['a']), question('other', ['b']))),
    );
    await training.upkeep.apply(update([told('a')], quizDraft(question('new', ['a']))));
    const { content, staleSince } = await training.modules.get(agent, id);
    expect(partsOf(content).map((part) => part.id)).toEqual(['other', 'new']);
    expect(staleSince).toBeUndefined();
  });

  it('[TR3] a handwritten module keeps its words, and what changed in it is marked', async () => {
    const mine = await training.modules.create({
      title: 'By hand',
      category: 'staff',
      content: quizOf([question('mine', ['fact']), question('free', [])]),
    });
    await training.upkeep.apply(update([told('fact', 'two')], quizDraft(question('made', ['fact']))));
    const module = await training.modules.get(agent, mine.id);
    expect(module).toMatchObject({ version: 2, autoGenerated: false });
    expect((await training.readStaleness(mine.id)).parts.map(({ id }) => id)).toEqual(['mine']);
    await training.upkeep.apply(update([told('fact', 'two')]));
    expect((await training.modules.get(agent, mine.id)).version).toBe(2);
  });

  it('[TR5] the report is one table in which no cell begins as a formula', async () => {
    const { id } = await training.modules.create({ ...quizDraft(question('a', [])), title: '=evil()' });
    await pass(id, 1, { a: ['right'] });
    const csv = await training.report.csv({ limit: 50, format: 'csv' });
    const [head, row] = csv.trimEnd().split('\n');
    expect(head).toBe(
      '\uFEFFuserId,name,moduleId,title,type,version,startedAt,completedAt,score,attempts,updatedAt',
    );
    expect(row).toMatch(new RegExp(`^ben,,${id},'=evil\\(\\),quiz,1,.+,1,1,`));
    const page = await training.report.page({ limit: 50, format: 'json', module: id });
    expect(page.items).toMatchObject([{ userId: 'ben', name: null, version: 1 }]);
  });
});
