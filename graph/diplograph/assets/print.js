// On paper the picture is the drawing of the view, as sharp as the paper, and in the light colours whatever the
// screen has.

function setUpPrint() {
  const paper = element("printed");
  addEventListener("beforeprint", () => {
    root.dataset.printing = "true";
    view.repaint();
    const { documentElement: drawn } = new DOMParser().parseFromString(toSvg(), "image/svg+xml");
    for (const name of ["width", "height"]) drawn.removeAttribute(name);
    drawn.setAttribute("role", "img");
    paper.replaceChildren(document.importNode(drawn, true));
  });
  addEventListener("afterprint", () => {
    delete root.dataset.printing;
    paper.replaceChildren();
    view.repaint();
  });
}
