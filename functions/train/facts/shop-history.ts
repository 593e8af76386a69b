import { createRandom } from '../random.ts';
import { groups, type Shop, type ShopComponent, type ShopFunction, type ShopStyle } from './shop-model.ts';

/** What a commit did, as readers of its facts should hear it: `api added @acme/shop: x`. */
export interface ShopCommit {
  shop: Shop;
  expected: string[];
  /** A word for what was done, and to what. */
  verb: 'add' | 'change' | 'remove' | 'tidy';
  thing: string;
}

const nouns = [
  'order',
  'proof',
  'label',
  'invoice',
  'parcel',
  'coupon',
  'artwork',
  'template',
  'customer',
  'agent',
  'margin',
  'colour',
  'price',
  'stock',
  'refund',
  'reminder',
  'voucher',
  'address',
];
const verbs = [
  'place',
  'cancel',
  'print',
  'check',
  'send',
  'measure',
  'approve',
  'merge',
  'count',
  'archive',
  'preview',
  'resize',
];
const types = ['string', 'number', 'boolean', 'Date', 'string[]', 'Map<string, number>', '{ id: string }'];
const elements = ['h1', 'button', 'p', 'label', 'span'];
const words = [
  'Save',
  'Cancel',
  'Order now',
  'Upload artwork',
  'Approve',
  'Your proofs',
  'Nothing here yet',
  'Try again',
  'Print',
  'Total',
  'Delivery',
  'Back to the shop',
];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

interface Maker {
  random: () => number;
  /** A number that was never used, so that names never come back. */
  next: () => number;
}

const pick = <Item>({ random }: Maker, items: readonly Item[]): Item => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

const makeName = (maker: Maker): string =>
  `${pick(maker, verbs)}${capital(pick(maker, nouns))}${maker.next()}`;

const makeParameters = (maker: Maker) =>
  Array.from({ length: Math.floor(maker.random() * 3) }, (_, index) => ({
    name: `${pick(maker, nouns)}${index}`,
    type: pick(maker, types),
    required: index === 0,
  }));

const makeFunction = (maker: Maker): ShopFunction => ({
  name: makeName(maker),
  parameters: makeParameters(maker),
  returns: pick(maker, ['void', 'unknown', 'Promise<void>', 'string | undefined']),
  isPublic: maker.random() < 0.7,
  body: 1,
});

const makeText = (maker: Maker) => ({
  element: pick(maker, elements),
  text: `${pick(maker, words)} ${maker.next()}`,
});

const makeComponent = (maker: Maker): ShopComponent => ({
  name: `${capital(pick(maker, nouns))}Panel${maker.next()}`,
  properties: makeParameters(maker),
  texts: [makeText(maker), makeText(maker)],
  body: 1,
});

const makeRoute = (maker: Maker) => {
  const group = pick(maker, groups);
  return {
    group,
    method: pick(maker, ['GET', 'POST', 'PUT', 'DELETE']),
    path: `/${group}/${pick(maker, nouns)}-${maker.next()}${maker.random() < 0.3 ? '/:id' : ''}`,
    body: maker.next(),
  };
};

const makeSetting = (maker: Maker) => ({
  name: `${pick(maker, nouns)}_${pick(maker, verbs)}_${maker.next()}`.toUpperCase(),
  fallback: String(maker.next()),
});

const makeFlag = (maker: Maker) => ({
  name: `${pick(maker, verbs)}-${pick(maker, nouns)}-${maker.next()}`,
  takesValue: maker.random() < 0.5,
  description: `number ${maker.next()}`,
});

const makeDependency = (maker: Maker) => ({
  name: `${pick(maker, nouns)}-kit-${maker.next()}`,
  range: `^${maker.next()}.0.0`,
});

const repeat = <Item>(count: number, make: () => Item): Item[] => Array.from({ length: count }, make);

const makeShop = (maker: Maker, size: number): Shop => ({
  functions: repeat(size, () => makeFunction(maker)),
  routes: repeat(size, () => makeRoute(maker)),
  components: repeat(Math.ceil(size / 2), () => makeComponent(maker)),
  settings: repeat(Math.ceil(size / 4) + 2, () => makeSetting(maker)),
  flags: repeat(Math.ceil(size / 4) + 2, () => makeFlag(maker)),
  dependencies: repeat(Math.ceil(size / 4) + 2, () => makeDependency(maker)),
  notes: 0,
});

const apiName = ({ name }: ShopFunction): string => `api %s @acme/shop: ${name}`;
const routePath = (path: string, { routes }: ShopStyle): string =>
  routes === 'handed' || routes === 'table' ? path : `/api${path}`;
const routeName =
  (style: ShopStyle) =>
  ({ method, path }: Shop['routes'][number]) =>
    `route %s ${method} ${routePath(path, style)}`;
const textName = ({ name }: ShopComponent, { element, text }: ShopComponent['texts'][number]): string =>
  `ui-text %s ${name} › ${element} "${text}"`;
const componentNames = (component: ShopComponent): string[] => [
  `component %s ${component.name}`,
  ...component.texts.map((text) => textName(component, text)),
];

type Outcome = Pick<ShopCommit, 'shop' | 'expected' | 'verb' | 'thing'>;
type List = 'functions' | 'routes' | 'components' | 'settings' | 'flags' | 'dependencies';

const namesOf = (shop: Shop, list: List, style: ShopStyle): string[][] => {
  switch (list) {
    case 'functions':
      return shop.functions.map((found) => (found.isPublic ? [apiName(found)] : []));
    case 'routes':
      return shop.routes.map((route) => [routeName(style)(route)]);
    case 'components':
      return shop.components.map(componentNames);
    case 'settings':
      return shop.settings.map(({ name }) => [`configuration %s ${name}`]);
    case 'flags':
      return shop.flags.map(({ name }) => [`flag %s shop --${name}`]);
    default:
      return shop.dependencies.map(({ name }) => [`dependency %s ${name}`]);
  }
};

const lists: List[] = ['functions', 'functions', 'routes', 'components', 'settings', 'flags', 'dependencies'];

const said = (names: readonly string[], change: string): string[] =>
  names.map((name) => name.replace('%s', change));

const makers: Record<List, (maker: Maker) => Shop[List][number]> = {
  functions: makeFunction,
  routes: makeRoute,
  components: makeComponent,
  settings: makeSetting,
  flags: makeFlag,
  dependencies: makeDependency,
};

const withList = (shop: Shop, list: List, items: readonly Shop[List][number][]): Shop => ({
  ...shop,
  [list]: items,
});

const add = (maker: Maker, shop: Shop, style: ShopStyle): Outcome => {
  const list = pick(maker, lists);
  const next = withList(shop, list, [...shop[list], makers[list](maker)]);
  const names = namesOf(next, list, style).at(-1) ?? [];
  return { shop: next, expected: said(names, 'added'), verb: 'add', thing: list };
};

const remove = (maker: Maker, shop: Shop, style: ShopStyle): Outcome => {
  const list = pick(
    maker,
    lists.filter((name) => shop[name].length > 3),
  );
  const place = Math.floor(maker.random() * shop[list].length);
  const names = namesOf(shop, list, style)[place] ?? [];
  const next = withList(
    shop,
    list,
    shop[list].filter((_, index) => index !== place),
  );
  return { shop: next, expected: said(names, 'removed'), verb: 'remove', thing: list };
};

const replaced = <Item>(items: readonly Item[], old: Item, item: Item): Item[] =>
  items.map((known) => (known === old ? item : known));

const changeFunction = (maker: Maker, shop: Shop, style: ShopStyle): Outcome => {
  const old = pick(maker, shop.functions);
  const parameter = { name: `extra${maker.next()}`, type: pick(maker, types), required: false };
  const found = { ...old, parameters: [...old.parameters, parameter] };
  const functions = replaced(shop.functions, old, found);
  return {
    shop: { ...shop, functions },
    expected: old.isPublic && style ? said([apiName(old)], 'changed') : [],
    verb: 'change',
    thing: 'functions',
  };
};

const changeVisibility = (maker: Maker, shop: Shop): Outcome => {
  const old = pick(maker, shop.functions);
  const functions = replaced(shop.functions, old, { ...old, isPublic: !old.isPublic });
  return {
    shop: { ...shop, functions },
    expected: said([apiName(old)], old.isPublic ? 'removed' : 'added'),
    verb: 'change',
    thing: 'functions',
  };
};

const moveRoute = (maker: Maker, shop: Shop, style: ShopStyle): Outcome => {
  const old = pick(maker, shop.routes);
  const moved = { ...old, path: `/${old.group}/moved-${maker.next()}` };
  // The handler repeats its path, so that a moved route is another one unless its body is known by a number alone.
  const expected = [...said([routeName(style)(old)], 'removed'), ...said([routeName(style)(moved)], 'added')];
  return {
    shop: { ...shop, routes: replaced(shop.routes, old, moved) },
    expected,
    verb: 'change',
    thing: 'routes',
  };
};

const changeText = (maker: Maker, shop: Shop): Outcome => {
  const component = pick(maker, shop.components);
  const old = pick(maker, component.texts);
  const text = { ...old, text: `${pick(maker, words)} ${maker.next()}` };
  const next = { ...component, texts: replaced(component.texts, old, text) };
  const components = replaced(shop.components, component, next);
  return {
    shop: { ...shop, components },
    expected: said([textName(component, text)], 'changed'),
    verb: 'change',
    thing: 'texts',
  };
};

const changeProperties = (maker: Maker, shop: Shop): Outcome => {
  const component = pick(maker, shop.components);
  const property = { name: `extra${maker.next()}`, type: pick(maker, types), required: maker.random() < 0.5 };
  const next = { ...component, properties: [...component.properties, property] };
  const components = replaced(shop.components, component, next);
  return {
    shop: { ...shop, components },
    expected: said([`component %s ${component.name}`], 'changed'),
    verb: 'change',
    thing: 'components',
  };
};

const changeSetting = (maker: Maker, shop: Shop): Outcome => {
  const old = pick(maker, shop.settings);
  const settings = replaced(shop.settings, old, { ...old, fallback: String(maker.next()) });
  return {
    shop: { ...shop, settings },
    expected: said([`configuration %s ${old.name}`], 'changed'),
    verb: 'change',
    thing: 'settings',
  };
};

const changeDependency = (maker: Maker, shop: Shop): Outcome => {
  const old = pick(maker, shop.dependencies);
  const dependencies = replaced(shop.dependencies, old, { ...old, range: `^${maker.next()}.1.0` });
  return {
    shop: { ...shop, dependencies },
    expected: said([`dependency %s ${old.name}`], 'changed'),
    verb: 'change',
    thing: 'dependencies',
  };
};

/** Work that nobody outside sees. */
const tidy = (maker: Maker, shop: Shop): Outcome => {
  const old = pick(maker, shop.functions);
  const component = pick(maker, shop.components);
  const functions = replaced(shop.functions, old, { ...old, body: old.body + 1 });
  const components = replaced(shop.components, component, { ...component, body: component.body + 1 });
  return {
    shop: { ...shop, functions, components, notes: shop.notes + 1 },
    expected: [],
    verb: 'tidy',
    thing: 'inside',
  };
};

const steps = [
  add,
  add,
  add,
  remove,
  changeFunction,
  changeVisibility,
  moveRoute,
  changeText,
  changeProperties,
  changeSetting,
  changeDependency,
  tidy,
  tidy,
];

/** A history of a product: its first state, then a commit for each step, all from one seed. */
export const shopHistory = (options: {
  seed: number;
  size: number;
  commits: number;
  style: ShopStyle;
}): { first: Shop; commits: ShopCommit[] } => {
  let used = 0;
  const maker = {
    random: createRandom(options.seed),
    next: () => {
      used += 1;
      return used;
    },
  };
  const first = makeShop(maker, options.size);
  const commits: ShopCommit[] = [];
  for (let shop = first; commits.length < options.commits; ) {
    const outcome = pick(maker, steps)(maker, shop, options.style);
    commits.push(outcome);
    shop = outcome.shop;
  }
  return { first, commits };
};
