type Child = Node | string | number | null | false | undefined;

type Attributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

/** An element; `onclick` and the like are listeners, everything else attributes. Text is text, never HTML. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false)
      element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/** A listener that may take its time; what goes wrong in it is told to the console, not lost. */
export const run = (work: () => Promise<unknown>) => (): void => {
  work().catch((error: unknown) => console.error(error));
};

export const button = (label: string, kind: string, work: () => unknown): HTMLButtonElement =>
  el('button', {type: 'button', class: kind, onclick: run(async () => work())}, label);
