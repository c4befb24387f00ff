"""The mailbox's pages: plain HTML, everything escaped, no script anywhere."""

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from passaparola.demo.mailbox.kept import Mail, header

CSP = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
MAIL_CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src http://127.0.0.1:* http://localhost:* https: data:;"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'self';"
    " sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""For the mail itself: its styles stand in it, as in every mail; it may show pictures and open links."""

STYLE = """
:root { color-scheme: light dark; --line: light-dark(#e5e0d7, #2c3236); --soft: light-dark(#5b6563, #a3ada9);
  --accent: light-dark(#0e6b5c, #4fc0a8); }
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: light-dark(#f6f4f0, #14171a);
  color: light-dark(#1e2524, #e9ebe8) }
header, main { max-width: 64rem; margin: 0 auto; padding: 1rem 1.25rem }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline }
h1 { font-size: 1.25rem; margin: 0 }
a { color: var(--accent) }
a[aria-current] { color: inherit; font-weight: 650; text-decoration: none }
ul.mails { list-style: none; margin: 0; padding: 0; background: light-dark(#fff, #1b1f23);
  border: 1px solid var(--line); border-radius: 12px }
ul.mails li { padding: .75rem 1rem; border-top: 1px solid var(--line) }
ul.mails li:first-child { border-top: 0 }
ul.mails a { font-weight: 600; text-decoration: none; overflow-wrap: anywhere }
.soft { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere }
iframe { width: 100%; height: 70vh; border: 1px solid var(--line); border-radius: 12px; background: #fff }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: light-dark(#fff, #1b1f23); padding: 1rem;
  border: 1px solid var(--line); border-radius: 12px }
details { margin-top: 1rem }
summary { cursor: pointer; font-weight: 600 }
nav { display: flex; gap: .75rem }
"""
_LANGUAGES = {"it": "Italiano", "en": "English", "de": "Deutsch", "": "Other"}


def listing(mails: Sequence[Mail], languages: Mapping[str, int], chosen: str) -> str:
    if mails:
        body = f'<ul class="mails">{"".join(map(_item, mails))}</ul>'
    else:
        body = '<p class="soft">No mail yet. They come as soon as orders move; this page looks again by itself.</p>'
    return _page("Demo mailbox", _languages(languages, chosen) + f"<main>{body}</main>", refresh=True)


def _languages(languages: Mapping[str, int], chosen: str) -> str:
    links = [_link("/", f"All ({sum(languages.values())})", is_here=not chosen)]
    links += [
        _link(
            f"/?{urlencode({'language': key})}",
            f"{_LANGUAGES.get(key, key)} ({number})",
            is_here=key == chosen,
        )
        for key, number in languages.items()
        if key
    ]
    return f'<header><h1>Demo mailbox</h1><nav aria-label="Languages">{"".join(links)}</nav></header>'


def _link(address: str, words: str, *, is_here: bool) -> str:
    here = ' aria-current="page"' if is_here else ""
    return f'<a href="{escape(address)}"{here}>{escape(words)}</a>'


def _item(mail: Mail) -> str:
    to = ", ".join(mail.recipients)
    return (
        f'<li><a href="/mail/{mail.number}/">{escape(mail.subject)}</a>'
        f'<div class="soft">{mail.came_at:%d %b, %H:%M:%S} · {escape(to)} · {escape(mail.language or "–")}</div></li>'
    )


def one(mail: Mail) -> str:
    frame = (
        f'<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" src="/mail/{mail.number}/html"'
        ' title="The mail as HTML"></iframe>'
        if mail.html
        else ""
    )
    headers = "\n".join(
        f"{name}: {header(mail.message, name)}" for name in dict.fromkeys(mail.message.keys())
    )
    return _page(
        mail.subject,
        f'<header><a href="/">← All mails</a></header><main><h1>{escape(mail.subject)}</h1>'
        f'<p class="soft">{mail.came_at:%d %b, %H:%M:%S} · from {escape(header(mail.message, "From") or mail.sender)}'
        f" · to {escape(', '.join(mail.recipients))}</p>{frame}"
        f"<details{'' if mail.html else ' open'}><summary>As plain text</summary>"
        f"<pre>{escape(mail.text)}</pre></details>"
        f"<details><summary>Headers</summary><pre>{escape(headers)}</pre></details>"
        f'<p><a href="/mail/{mail.number}/raw">Raw mail</a></p></main>',
    )


def _page(title: str, body: str, *, refresh: bool = False) -> str:
    again = '<meta http-equiv="refresh" content="5">' if refresh else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'{again}<title>{escape(title)}</title><link rel="stylesheet" href="/style.css"></head>'
        f"<body>{body}</body></html>"
    )


def opening_elsewhere(html: str) -> str:
    """Have the mail's links open a page of their own: inside the frame they could not."""
    return (
        f'<base target="_blank">{html}'
        if "<head>" not in html
        else html.replace("<head>", '<head><base target="_blank">', 1)
    )
