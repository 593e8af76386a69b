import { describe, expect, it } from 'vitest';
import { Questions } from './failure.ts';

const noAnswer = () => Promise.reject(Object.assign(new Error('gone'), { code: 'app/network-error' }));
const refusal = () => Promise.reject(Object.assign(new Error('over'), { code: 'auth/id-token-expired' }));

describe('questions to Firebase', () => {
  it('[FA] one about a token that gets no answer ends no token, whatever others get at that moment', async () => {
    const questions = new Questions();
    const lost = questions.askAboutToken(noAnswer);
    const answered = questions.ask(async () => 'yes');
    await expect(lost).rejects.toMatchObject({ code: 'unavailable' });
    expect(await answered).toBe('yes');
  });

  it('[HT3] a token that is refused is no failure of the service, whatever others get at that moment', async () => {
    const questions = new Questions();
    const refused = questions.askAboutToken(refusal);
    const lost = questions.ask(noAnswer);
    await expect(refused).rejects.toMatchObject({ code: 'not_authenticated' });
    await expect(lost).rejects.toMatchObject({ code: 'unavailable' });
  });
});
