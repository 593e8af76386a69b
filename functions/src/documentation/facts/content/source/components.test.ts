import { describe, expect, it } from 'vitest';
import { summaryOf } from '../../../../testing/code-surface.ts';

const sample = `
import { memo, forwardRef } from 'react';
interface ButtonProps extends Base { label: string; busy?: boolean; onPress(): void }
/** A button. */
export function SaveButton({ label, busy = false, onPress }: ButtonProps) {
  return (
    <button aria-label="Save the order" title={busy ? 'Please wait' : 'Save'} onClick={onPress}>
      {busy ? 'Saving…' : 'Save'} order
    </button>
  );
}
export const Field = forwardRef<HTMLInputElement, { name: string; hint?: string }>(({ name, hint }, ref) => (
  <label>{'Your name'}<input ref={ref} placeholder="Ada" role="textbox" name={name} /></label>
));
const Row = ({ children, dense }) => <li className={dense}>{children}</li>;
export const Home: FC<{ user: string }> = ({ user }) => {
  const rows = list.map((item) => <Row key={item}>{item}</Row>);
  return <><h1>Welcome back</h1><a href="/orders">All <b>orders</b></a>{user && <p>{\`Hello\`}</p>}{rows}</>;
};
export class Old extends React.Component { render() { return <img alt="A printed mug" src="/mug.png" />; } }
const helper = () => 1;
export const Title = 'not a component';
`;

describe('components', () => {
  it('[DO2] reads properties behind a name with a dot, and finds a default that is gone demanded', () => {
    const { components } = summaryOf(
      'web/dialog.tsx',
      `type P = React.PropsWithChildren<{ title: string; onClose(): void }>;
       export const Dialog: React.FC<P> = ({ title, onClose }) => <dialog title={title} onClose={onClose} />;`,
    );
    expect(components[0]?.side.properties).toEqual([
      { name: 'title', type: 'string', required: true },
      { name: 'onClose', type: '() => void', required: true },
    ]);
  });

  const summary = summaryOf('web/page.tsx', sample);

  it('[DO2] reads components with their properties', () => {
    expect(summary.components.map(({ name, side }) => [name, side.properties])).toEqual([
      [
        'SaveButton',
        [
          { name: 'label', type: 'string', required: true },
          { name: 'busy', type: 'boolean', required: false, default: 'false' },
          { name: 'onPress', type: '() => void', required: true },
        ],
      ],
      [
        'Field',
        [
          { name: 'name', type: 'string', required: true },
          { name: 'hint', type: 'string', required: false },
        ],
      ],
      [
        'Row',
        [
          { name: 'children', required: false },
          { name: 'dense', required: false },
        ],
      ],
      ['Home', [{ name: 'user', type: 'string', required: true }]],
      ['Old', []],
    ]);
  });

  it('[DO2] reads visible texts, labels, roles and links', () => {
    const texts = summary.texts.map(({ side }) => [
      side.component,
      side.element,
      side.role,
      side.text,
      side.target,
    ]);
    expect(texts).toEqual([
      ['SaveButton', 'button', 'label', 'Save the order', undefined],
      ['SaveButton', 'button', 'title', 'Please wait', undefined],
      ['SaveButton', 'button', 'title', 'Save', undefined],
      ['SaveButton', 'button', 'text', 'Saving…', undefined],
      ['SaveButton', 'button', 'text', 'Save', undefined],
      ['SaveButton', 'button', 'text', 'order', undefined],
      ['Field', 'label', 'text', 'Your name', undefined],
      ['Field', 'input', 'placeholder', 'Ada', undefined],
      ['Field', 'input', 'role', 'textbox', undefined],
      ['Home', 'h1', 'text', 'Welcome back', undefined],
      ['Home', 'a', 'link', 'All orders', '/orders'],
      ['Home', 'a', 'text', 'All', undefined],
      ['Home', 'b', 'text', 'orders', undefined],
      ['Home', 'p', 'text', 'Hello', undefined],
      ['Old', 'img', 'alternative', 'A printed mug', undefined],
    ]);
  });

  it('[DO2] reads components that are classes', () => {
    const { components } = summaryOf(
      'src/old.tsx',
      `type Props = { id: string; wide?: boolean };
export class Old extends React.Component<Props> { render() { return <p>{this.props.id}</p>; } }
export default class Older extends PureComponent { render() { return <i />; } }
class Shop extends Store { render() { return <b />; } }`,
    );
    expect(components.map(({ name, side }) => [name, side.properties.map(({ name: is }) => is)])).toEqual([
      ['Old', ['id', 'wide']],
      ['Older', []],
    ]);
  });
});
