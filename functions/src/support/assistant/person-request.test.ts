import { describe, expect, it } from 'vitest';
import { asksForPerson } from './person-request.ts';

describe('asking for a person', () => {
  it.each([
    'Can I talk to a human?',
    'I want to speak with a real person please',
    'Please connect me to an agent.',
    'Could you transfer me to someone from your team?',
    'I need a human',
    'get me a real person',
    'Human, please!',
    'Agent please',
    'Are you a bot?',
    'I’d like to speak to somebody about this',
    'put me through to a representative',
    'Is there a human who knows where my order is?',
    'Could a human being explain this to me?',
    'who can i speak to',
    'I would like to hear from someone who is not a robot',
    'Ich möchte mit Ihrem Chef sprechen',
    'Ich möchte mit einem Menschen sprechen.',
    'Kann ich bitte mit einem Mitarbeiter reden?',
    'Verbinden Sie mich mit einer echten Person',
    'Ich brauche einen Mitarbeiter',
    'Mitarbeiter bitte',
    'Sind Sie ein Roboter?',
    'Bitte leiten: ich will mit jemandem sprechen',
    'Je voudrais parler à quelqu’un.',
    'Puis-je parler avec un conseiller ?',
    'Je veux un humain',
    'Passez-moi un conseiller',
    'Êtes-vous un robot ?',
    'Un humain, s’il vous plaît',
    'Quiero hablar con una persona',
    '¿Puedo hablar con un agente?',
    'Necesito un asesor',
    'Páseme con alguien',
    '¿Eres un robot?',
    'Una persona real, por favor',
  ])('[RT13] hears it in "%s"', (text) => {
    expect(asksForPerson(text)).toBe(true);
  });

  it.each([
    'How much bleed does a flyer need?',
    'The person on the picture should be removed.',
    'Someone changed our logo.',
    'Can you move the agent name on the business card a little?',
    'Our manager approved the proof yesterday.',
    'I don’t want to talk to a human, just tell me the size.',
    'No need to connect me to an agent, thanks.',
    'I want a person in the background of the photo',
    'The line breaks need a human eye.',
    'Is there a person on the second page?',
    'A human-readable number is there.',
    'Die Person auf dem Foto ist zu dunkel.',
    'Ich möchte nicht mit einem Menschen sprechen.',
    'Mein Mitarbeiter hat die Datei hochgeladen.',
    'La personne sur la photo est floue.',
    'Je ne veux pas parler à quelqu’un, juste une réponse.',
    'La persona de la foto sale borrosa.',
    'No quiero hablar con un agente.',
    'Un empleado subió el archivo ayer.',
  ])('[RT13] does not hear it in "%s"', (text) => {
    expect(asksForPerson(text)).toBe(false);
  });
});
