import compression from 'compression';
import cors from 'cors';
import express from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import jwt from 'jsonwebtoken';
import { pinoHttp } from 'pino-http';
import { z } from 'zod';
import { announce } from './announce.js';
import { routeReply } from './replies.js';

/**
 * Express with the usual protections, each as its own documentation shows it, answering a constant: nothing is
 * understood, decided or stored.
 */
const secret = process.env.TOKEN_SECRET ?? '';
const noLimit = 1_000_000_000;

const bodySchema = z.strictObject({
  issue: z.string().min(1).max(10_000),
  urgency: z.enum(['low', 'medium', 'high', 'critical']).optional(),
});

/** @type {import('express').RequestHandler} */
const authenticate = (request, response, next) => {
  const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
  try {
    response.locals.user = jwt.verify(token, secret, { algorithms: ['HS256'] });
    next();
  } catch {
    response.status(401).json({ code: 'not_authenticated' });
  }
};

const app = express();
app.use(pinoHttp());
app.use(helmet());
app.use(cors({ origin: ['https://desk.example.com'] }));
app.use(compression());
app.use(rateLimit({ windowMs: 900_000, limit: noLimit, standardHeaders: 'draft-6', legacyHeaders: false }));
app.use(express.json());
app.post('/api/v1/support/route', authenticate, (request, response) => {
  const body = bodySchema.safeParse(request.body);
  if (body.success) response.json(routeReply);
  else response.status(422).json({ code: 'validation_failed', errors: body.error.issues });
});
const server = app.listen(0, '127.0.0.1', () => announce(server));
