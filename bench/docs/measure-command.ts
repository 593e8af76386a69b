import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measurement {
  milliseconds: number;
  /** Greatest resident memory of the process itself, as the kernel counts it. */
  peakBytes: number;
}

const betweenLooksMs = 5;

const peakOf = ({ pid }: ChildProcess): number => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    // It has ended.
    return 0;
  }
};

/** Runs a command to its end; its output is read and thrown away. */
export const measureCommand = (command: readonly string[], folder: string): Promise<Measurement> =>
  new Promise((resolve, reject) => {
    const [program = '', ...parameters] = command;
    const begin = performance.now();
    const child = spawn(program, parameters, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let peakBytes = 0;
    let complaint = '';
    const looking = setInterval(() => {
      peakBytes = Math.max(peakBytes, peakOf(child));
    }, betweenLooksMs);
    child.stdout.resume();
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(0, 2_000);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(looking);
      if (code === 0) resolve({ milliseconds: performance.now() - begin, peakBytes });
      else reject(new Error(`${command.join(' ')} ended with ${code}: ${complaint}`));
    });
  });
