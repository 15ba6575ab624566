// Elements, without a string of markup anywhere: nothing that anybody types can become a part of the page.

/** An element with these attributes and children, which may be texts. */
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same, as a part of a picture. */
export function shape(name, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

/** What the template with this id holds, anew. */
export function fromTemplate(id) {
  return document.getElementById(id).content.cloneNode(true);
}

/** "1 byte", "2 bytes". */
export function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}
