type Attributes = Record<string, string | number | boolean | null | undefined>;
type Child = Node | string | null | undefined;

const svgNamespace = 'http://www.w3.org/2000/svg';

/** An element with attributes and children; absent attributes and children are left out. Text is never read as HTML. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS(svgNamespace, tag), attributes, children);
}

function fill<E extends Element>(element: E, attributes: Attributes, children: Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A command that reads as a link inside text: a real button, so that keyboard and screen reader know it. */
export function linkButton(label: string, onPress: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const button = el('button', { type: 'button', class: 'link', ...attributes }, label);
  button.addEventListener('click', onPress);
  return button;
}

/** A card: a heading and what stands under it. */
export function card(name: string, title: string, ...children: Child[]): HTMLElement {
  const id = `heading-${name}`;
  return el(
    'section',
    { class: `card card-${name}`, 'data-section': name, 'aria-labelledby': id },
    el('h2', { id }, title),
    ...children,
  );
}

/** Why a part of the report is not there. */
export function absentNote(reason: string): HTMLElement {
  return el('p', { class: 'absent' }, reason);
}
