"""A finished drawing: on a page, or as a file of its own."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from monitoring.drawing.paper import FONT
from monitoring.drawing.pen import spoken
from monitoring.drawing.svg import NAMESPACE, Element, element, render


@dataclass(frozen=True, slots=True)
class Drawing:
    """`name` is its mark on the page; `title` and `description` say the same in words.
    Sizes are pixels of a page.
    """

    name: str
    title: str
    description: str
    language: str
    width: float
    height: float
    body: tuple[Element, ...]
    definitions: tuple[Element, ...] = ()

    def __str__(self) -> SafeString:
        """For a page, whose style sheet colours it. Everything is escaped already."""
        return mark_safe(render(self._root(*self.body)))  # noqa: S308 - see above

    def file(self) -> str:
        """For a file: it names space and font, and has its colours in it."""
        background = element(
            "rect", look="paper", x=0, y=0, width=self.width, height=self.height
        )
        root = self._root(
            background,
            *self.body,
            xmlns=NAMESPACE,
            width=self.width,
            height=self.height,
            font_family=FONT,
        )
        return render(root, is_paper=True)

    def _root(self, *body: Element, **attributes: str | float) -> Element:
        title, description = f"{self.name}-title", f"{self.name}-description"
        inside = [
            element("title", self.title, id=title),
            element("desc", self.description, id=description),
        ]
        if self.definitions:
            inside.append(element("defs", *self.definitions))
        return element(
            "svg",
            *inside,
            *body,
            viewBox=f"0 0 {self.width:g} {self.height:g}",
            role="img",
            lang=spoken(self.language),
            direction="ltr",
            aria_labelledby=title,
            aria_describedby=description,
            **attributes,
        )
