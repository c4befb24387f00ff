"""The shop's texts: a small part of Markdown, made into HTML that can hold nothing harmful.

Headings (`## …`), lists (`- …`, `1. …`), **bold**, *italics*, [links](https://…) and paragraphs. Everything else
is plain text. What comes out is cleaned once more by nh3: the rules here are for reading, not for safety.
"""

import re
from collections.abc import Callable, Iterator
from html import escape

import nh3

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "br"}
_ATTRIBUTES = {"a": {"href"}}
_SCHEMES = {"https", "http", "mailto", "tel"}
_HEADING = re.compile(r"(#{1,3})\s+(.+)")
_BULLET = re.compile(r"[-*•]\s+(.+)")
_NUMBER = re.compile(r"\d{1,3}[.)]\s+(.+)")
_LINK = re.compile(r"\[([^\]\n]{1,200})\]\(([^)\s]{1,500})\)")
_BOLD = re.compile(r"\*\*(\S(?:.{0,500}?\S)?)\*\*")
_ITALIC = re.compile(r"(?<!\*)\*(\S(?:[^*]{0,500}?\S)?)\*(?!\*)")


def html_of(text: str) -> str:
    """Return the text as clean HTML."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    made = "\n".join(part for block in blocks if block.strip() for part in _block(block))
    return nh3.clean(made, tags=TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noreferrer")


def _block(block: str) -> Iterator[str]:
    """Give one block as HTML: runs of lines of the same kind become one list, one paragraph."""
    run: list[str] = []
    kind: Callable[[list[str]], str] = _paragraph
    for line in (line.strip() for line in block.split("\n") if line.strip()):
        heading = _HEADING.fullmatch(line)
        now, words = (_heading, line) if heading else _kind(line)
        if run and (now is not kind or now is _heading):
            yield kind(run)
            run = []
        kind = now
        run.append(words)
    if run:
        yield kind(run)


def _kind(line: str) -> tuple[Callable[[list[str]], str], str]:
    if found := _BULLET.fullmatch(line):
        return _bullets, found[1]
    if found := _NUMBER.fullmatch(line):
        return _numbers, found[1]
    return _paragraph, line


def _heading(lines: list[str]) -> str:
    signs, _, words = lines[0].partition(" ")
    level = "h3" if signs == "###" else "h2"
    return f"<{level}>{_inline(words.strip())}</{level}>"


def _paragraph(lines: list[str]) -> str:
    return f"<p>{'<br>'.join(_inline(line) for line in lines)}</p>"


def _bullets(lines: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{_inline(line)}</li>' for line in lines)}</ul>"


def _numbers(lines: list[str]) -> str:
    return f"<ol>{''.join(f'<li>{_inline(line)}</li>' for line in lines)}</ol>"


def _inline(words: str) -> str:
    safe = escape(words, quote=False)
    safe = _LINK.sub(lambda found: f'<a href="{found[2].replace(chr(34), "%22")}">{found[1]}</a>', safe)
    return _ITALIC.sub(r"<em>\1</em>", _BOLD.sub(r"<strong>\1</strong>", safe))
