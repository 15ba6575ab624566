"""Draws docs/stamps.svg from the figures that the benchmark has written to target/stamps.json."""

import json
import pathlib

ROOT = pathlib.Path(__file__).parents[2]
COMMENTS = 200
BAR, GAP, LEFT, SCALE, TOP = 18, 6, 300, 340, 40


def panel(database, figures, widest, y):
    """The bars of one database, the top one at y; and where the next panel may begin."""
    parts = [f'<text class="title" x="0" y="{y}">{database}</text>']
    y += 10
    for figure in figures:
        width = SCALE * figure["ratio"] / widest
        baseline = ' class="baseline"' if figure["ratio"] == 1 else ""
        middle = y + BAR - 5
        parts += [
            f'<text class="name" x="{LEFT - 8}" y="{middle}">{figure["name"]}</text>',
            f'<rect{baseline} x="{LEFT}" y="{y}" width="{width:.1f}" height="{BAR}"/>',
            f'<text x="{LEFT + width + 6:.1f}" y="{middle}">{figure["ratio"]:.2f}</text>',
        ]
        y += BAR + GAP
    return parts, y + 24


def main():
    figures = json.loads((ROOT / "target/stamps.json").read_text(encoding="utf-8"))
    figures = [figure for figure in figures if figure["comments"] == COMMENTS]
    widest = max(figure["ratio"] for figure in figures)
    bars, y = [], TOP + 20
    for database in dict.fromkeys(figure["database"] for figure in figures):
        parts, y = panel(database, [f for f in figures if f["database"] == database], widest, y)
        bars += parts
    size = LEFT + SCALE + 60, y
    svg = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" font-family="sans-serif" font-size="12">',
        "<style>rect { fill: #2f6f9f } .baseline { fill: #9aa5ad } .title { font-weight: bold } .name { text-anchor: end }</style>",
        f'<rect width="{size[0]}" height="{size[1]}" style="fill: white"/>',
        f'<text class="title" x="0" y="16">Requests in the same time, for an article of 2 KB with {COMMENTS} comments</text>',
        '<text x="0" y="34">Times as many as with a full load that ends in a 304; one connection</text>',
        *bars,
        "</svg>",
    ]
    (ROOT / "docs/stamps.svg").write_text("\n".join(svg) + "\n", encoding="utf-8")
    print("written to docs/stamps.svg")


if __name__ == "__main__":
    main()
