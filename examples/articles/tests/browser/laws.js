// The body of a function: what a comparison and a merge have to keep, tried with texts of random words.
const { mergedText, pieces } = await import('/page/merge.js');
let state = 1;
const random = (below) => (state = (state * 48271) % 2147483647) % below;
const words = (count, from) => Array.from({ length: count }, () => from[random(from.length)]);
const edited = (text, from) => {
    const list = text.split(' ');
    for (let edits = random(4); edits > 0; edits -= 1) {
        list.splice(random(list.length + 1), random(3), ...words(random(3), from));
    }
    return list.join(' ');
};
const wrong = [];
const expect = (law, is, ...texts) => is || wrong.push([law, ...texts]);
for (let round = 0; round < 2000; round += 1) {
    const before = words(random(12), ['a', 'b', 'c', 'd']).join(' ');
    const [theirs, mine] = [edited(before, ['a', 'T', 'U']), edited(before, ['b', 'M', 'N'])];
    const parts = pieces(before, theirs);
    const only = (kind) => parts.filter((part) => part.kind !== kind).map(({ text }) => text).join('');
    expect('before', only('new') === before, before, theirs);
    expect('after', only('gone') === theirs, before, theirs);
    expect('mine alone', mergedText(before, before, mine) === mine, before, mine);
    expect('theirs alone', mergedText(before, theirs, before) === theirs, before, theirs);
    expect('the same', mergedText(before, mine, mine) === mine, before, mine);
    const merged = mergedText(before, theirs, mine);
    const count = (text, word) => text.split(' ').filter((one) => one === word).length;
    for (const word of ['T', 'U']) expect(word, count(merged, word) === count(theirs, word), before, theirs, mine, merged);
    for (const word of ['M', 'N']) expect(word, count(merged, word) === count(mine, word), before, theirs, mine, merged);
}
return wrong.slice(0, 3);
