type List = { readonly elements: readonly object[]; readonly text: string };

/**
 * Views as JSON.stringify has them. What is frozen never changes: its text is made once for all screens, as long as
 * somebody holds it.
 */
export class ViewTexts {
  readonly #texts = new WeakMap<object, string>();
  /** The last list that began with this frozen element. */
  readonly #lists = new WeakMap<object, List>();

  of(view: object): string {
    return membersText(view, (value) => (Array.isArray(value) ? this.#list(value) : JSON.stringify(value)));
  }

  #list(list: readonly unknown[]): string {
    if (!list.every(isFrozenObject)) return `[${list.map((one) => this.#element(one)).join(",")}]`;
    const [first] = list;
    if (first === undefined) return "[]";
    const kept = this.#lists.get(first);
    if (kept?.elements.length === list.length && list.every((one, index) => one === kept.elements[index]))
      return kept.text;
    const text = `[${list.map((one) => this.#frozen(one)).join(",")}]`;
    this.#lists.set(first, { elements: [...list], text });
    return text;
  }

  #element(element: unknown): string {
    if (isFrozenObject(element)) return this.#frozen(element);
    const plain = typeof element !== "object" || element === null || Array.isArray(element);
    if (plain || !Object.values(element).some(isFrozenObject)) return JSON.stringify(element) ?? "null";
    return membersText(element, (value) => (isFrozenObject(value) ? this.#frozen(value) : JSON.stringify(value)));
  }

  #frozen(element: object): string {
    let text = this.#texts.get(element);
    if (text === undefined) {
      text = JSON.stringify(element);
      this.#texts.set(element, text);
    }
    return text;
  }
}

const isFrozenObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.isFrozen(value);

function membersText(object: object, textOf: (value: unknown) => string | undefined): string {
  let members = "";
  for (const [name, value] of Object.entries(object)) {
    const text = textOf(value);
    if (text !== undefined) members += `${members === "" ? "" : ","}${JSON.stringify(name)}:${text}`;
  }
  return `{${members}}`;
}
