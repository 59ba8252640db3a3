/** What runs in the page, beside mermaid: draws diagrams one by one, and tells what is in each drawing. */

// Nothing is left out or made harmless by mermaid itself: what a diagram asks for is in its drawing.
globalThis.mermaid.initialize({ startOnLoad: false, securityLevel: 'loose' });

const LIVE =
  'a, script, image, img, iframe, object, embed, form, input, button, video, audio, link, .clickable';
let drawn = 0;

globalThis.drawAll = async (diagrams) => {
  const drawings = [];
  for (const diagram of diagrams) drawings.push(await draw(diagram));
  return drawings;
};

async function draw(diagram) {
  try {
    drawn += 1;
    // It parses first, and refuses what its parser refuses.
    const { svg, diagramType } = await globalThis.mermaid.render(`diagram${drawn}`, diagram);
    return { kind: diagramType, problem: null, ...lookAt(svg) };
  } catch (error) {
    return { kind: '', problem: String(error), ...lookAt('') };
  }
}

function lookAt(svg) {
  const page = new DOMParser().parseFromString(`<body>${svg}</body>`, 'text/html').body;
  const texts = (selector) => [...page.querySelectorAll(selector)].map(({ textContent }) => textContent);
  const count = (selector) => page.querySelectorAll(selector).length;
  return {
    live: [
      ...[...page.querySelectorAll(LIVE)].map(({ outerHTML }) => outerHTML.slice(0, 200)),
      ...[...page.querySelectorAll('*')].flatMap(({ attributes }) =>
        [...attributes].filter(isLive).map(said),
      ),
    ],
    nodes: texts('g.node'),
    arrows: count('path.flowchart-link.edge-pattern-solid[marker-end]'),
    dotted: count('path.flowchart-link.edge-pattern-dotted:not([marker-end])'),
    edges: count('path.flowchart-link'),
    bars: count('rect.task'),
    barTexts: texts('text[class*="taskText"]'),
    sections: [...page.querySelectorAll('text.sectionTitle')].map((title) =>
      [...title.childNodes].map(({ textContent }) => textContent).join(' '),
    ),
    ticks: texts('.grid .tick text'),
  };
}

/** Handlers, and addresses other than those of the marks at the ends of arrows. */
function isLive({ name, value }) {
  if (name === 'xmlns') return false;
  return (
    name.startsWith('on') || /href|src|action/i.test(name) || /javascript:|https?:|url\((?!#)/i.test(value)
  );
}

function said({ name, value }) {
  return `${name}="${value.slice(0, 200)}"`;
}
