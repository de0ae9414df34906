"""The page pictures are drawn on: plotly.js and the font from what is installed, nothing from outside."""

from __future__ import annotations

import base64
import importlib.util
import json
from functools import cache
from pathlib import Path

import kaleido  # type: ignore[import-untyped]  # carries no types

FAMILY = "Source Sans"
"""The font's name in `indices.charts.theme.FONT`."""

# A picture is drawn from an SVG that sees nothing of the page around it: the font has to stand in the
# SVG itself, and to be there before plotly measures a text.
_SCRIPT = """
(() => {
  const face = %s;
  const style = document.createElement("style");
  style.textContent = face;
  document.head.appendChild(style);
  const letters = "Ăằẳ aỹ1";
  const ready = Promise.all([400, 600, 700].map(weight =>
    document.fonts.load(`${weight} 12px "%s"`, letters)));
  const plain = Plotly.toImage;
  const drawn = (svg, options) => new Promise((resolve, reject) => {
    const image = new Image();
    image.onerror = () => reject(new Error("the SVG cannot be drawn"));
    image.onload = () => image.decode().then(() => {
      const canvas = document.createElement("canvas");
      canvas.width = Math.floor(options.width * options.scale);
      canvas.height = Math.floor(options.height * options.scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      resolve(canvas.toDataURL("image/png").replace("data:image/png;base64,", ""));
    }).catch(reject);
    const dressed = svg.replace(/<svg[^>]*>/, head => `${head}<style>${face}</style>`);
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(dressed);
  });
  Plotly.toImage = (figure, options) => ready.then(() => plain(figure, {...options, format: "svg"}))
    .then(svg => options.format === "png" ? drawn(svg, options) : svg);
})();
"""


@cache
def font_file() -> Path | None:
    """The upright Source Sans that Streamlit brings along, None where it does not."""
    # Found without loading it: only pages know streamlit.
    spec = importlib.util.find_spec("streamlit")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "static" / "static" / "media"
    return next(iter(sorted(folder.glob("SourceSansVF-Upright*.woff2"))), None)


class PicturePage(kaleido.PageGenerator):  # type: ignore[misc]  # of a class without types
    """kaleido's page without its two addresses outside, with our font in the page and in every picture."""

    def __init__(self) -> None:
        super().__init__(mathjax=False)

    def generate_index(self) -> str:
        """The page as HTML."""
        script = _SCRIPT % (json.dumps(_face()), FAMILY)
        page: str = super().generate_index()
        return page.replace("</head>", f"<script>{script}</script></head>", 1)


def _face() -> str:
    file = font_file()
    if file is None:
        return ""
    letters = base64.b64encode(file.read_bytes()).decode()
    source = f"url(data:font/woff2;base64,{letters}) format('woff2')"
    return f"@font-face{{font-family:'{FAMILY}';font-weight:200 900;src:{source};}}"
