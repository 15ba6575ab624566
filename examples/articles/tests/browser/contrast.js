// The body of a function: what is harder to read than WCAG 2.2 allows of small texts (1.4.3).
const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
const behind = (element) => {
    const colour = parts(getComputedStyle(element).backgroundColor);
    return colour.length === 4 && colour[3] === 0 && element.parentElement ? behind(element.parentElement) : colour;
};
const faint = [];
let count = 0;
for (const element of document.querySelectorAll('body *')) {
    const isText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!isText || !element.checkVisibility() || element.closest('template, .unseen, .skip')) continue;
    const style = getComputedStyle(element);
    const colours = [element instanceof SVGElement ? parts(style.fill) : parts(style.color), behind(element)].map(light);
    const ratio = (Math.max(...colours) + 0.05) / (Math.min(...colours) + 0.05);
    count += 1;
    if (ratio < 4.5) faint.push(`${ratio.toFixed(2)} ${element.tagName} ${element.textContent.slice(0, 30)}`);
}
return { faint, count };
