"""The team's pages of templates, and the pictures that mails show."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from passaparola.kernel.http.security import POLICY, written
from passaparola.kernel.pictures import PictureError
from passaparola.messages.actions import templates as actions
from passaparola.messages.editor import checks, preview, shown, source, trial
from passaparola.messages.editor.desk import Desk, desk, rearranged, typed
from passaparola.messages.editor.mailing import send_test
from passaparola.messages.editor.variables import variables
from passaparola.messages.kind import KINDS
from passaparola.messages.models import TemplatePicture, TemplateVersion
from passaparola.messages.reasons import word
from passaparola.messages.rendering.own import Problem, tidied
from passaparola.messages.repertoire import BARE
from passaparola.messages.rules.language import SPOKEN
from passaparola.stores.guard import StaffRequest, staff

WITH_FRAME = written(POLICY | {"frame-src": "'self'"})
FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
@staff
def templates(request: StaffRequest) -> HttpResponse:
    language = get_language() or "en"
    own, ours = shown.lines(request.store, language)
    kinds = [(key, word(key, language).capitalize()) for key in sorted(BARE)]
    return render(request, "messages/editor/list.html", {"own": own, "ours": ours, "kinds": kinds})


@require_POST
@staff
def write(request: StaffRequest) -> HttpResponse:
    """Begin a letter of the shop's own."""
    name, kind = request.POST.get("name", "").strip(), request.POST.get("kind", "")
    if not name or kind not in KINDS:
        messages.error(request, _("Give it a name, so that you find it again."))
        return redirect("templates:templates")
    letter = actions.write(request.store, name=name, kind=kind, by=request.member, now=timezone.now())
    return redirect("templates:template", key=letter.key)


@require_safe
@staff
def template(request: StaffRequest, key: str) -> HttpResponse:
    table = desk(request.store, key, request.GET.get("language", ""))
    is_source = request.GET.get("as") == "source"
    return _page(request, table, is_source=is_source)


def _page(
    request: StaffRequest,
    table: Desk,
    *,
    is_source: bool,
    problems: list[Problem] | None = None,
    text: str = "",
    status: int = 200,
) -> HttpResponse:
    now, found = timezone.now(), problems or []
    text = text or (source.written(table.document) if is_source else "")
    context: dict[str, Any] = {
        "desk": table,
        "is_source": is_source,
        "source": text,
        "rows": text.count("\n") + 3,
        "blocks": shown.blocks(table.document, found),
        "kinds_of_block": shown.kinds_of_block(table),
        "problems": shown.told(found, text),
        "variables": variables(request.store, table.kind, table.language, now),
        "pictures": TemplatePicture.objects.filter(store=request.store)
        .defer("content")
        .order_by("-made_at")[:12],
        "languages": preview.LANGUAGES.items(),
        "people": trial.find(request.store, ""),
        "origin": settings.PUBLIC_URL,
    }
    answer = render(request, "messages/editor/template.html", context, status=status)
    answer.headers["Content-Security-Policy"] = WITH_FRAME
    return answer


@require_POST
@staff
def save(request: StaffRequest, key: str) -> HttpResponse:
    """Keep what was typed, whatever it is; then do what the button says."""
    table, now, order = (
        desk(request.store, key, request.POST.get("language", "")),
        timezone.now(),
        request.POST.get("do", ""),
    )
    try:
        document = source.read(request.POST["source"]) if "source" in request.POST else typed(request.POST)
    except source.SourceError as error:
        problem = Problem("source", error.line, "source", str(error))
        return _page(
            request, table, is_source=True, problems=[problem], text=request.POST["source"], status=400
        )
    table.texts[table.language] = rearranged(document, order)
    table.save(by=request.member, now=now)
    if order == "publish":
        return _publish(request, table)
    if order == "test":
        send_test(request, table, now=now)
    elif not order:
        messages.success(request, _("Kept as a draft. Nobody is sent it yet."))
    return redirect(_address(table, request) + ("#add" if order.startswith("add") else ""))


def _address(table: Desk, request: StaffRequest) -> str:
    as_source = "&as=source" if "source" in request.POST else ""
    return reverse("templates:template", kwargs={"key": table.key}) + f"?language={table.language}{as_source}"


def _publish(request: StaffRequest, table: Desk) -> HttpResponse:
    now, is_source = timezone.now(), "source" in request.POST
    for language in (table.language, *(other for other in SPOKEN if other != table.language)):
        table.language = language
        found = checks.check(table.kind, language, table.document, request.store, now=now)
        if found:
            messages.error(
                request, _("Not published: something in it can’t be sent yet. What was sent before still is.")
            )
            return _page(request, table, is_source=is_source, problems=found, status=400)
    if table.version is not None:
        actions.publish(table.version, now=now)
    messages.success(request, _("Published. From now on it is sent like this."))
    return redirect("templates:template", key=table.key)


@require_POST
@staff
def check(request: StaffRequest, key: str) -> HttpResponse:
    """Say what is wrong while somebody types; keeps nothing."""
    table, text = desk(request.store, key, request.POST.get("language", "")), request.POST.get("source", "")
    try:
        document = source.read(text) if text else typed(request.POST)
    except source.SourceError as error:
        found = [Problem("source", error.line, "source", str(error))]
    else:
        found = checks.check(table.kind, table.language, document, request.store, now=timezone.now())
    return render(
        request, "messages/editor/problems.html", {"problems": shown.told(found, text), "is_checked": True}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@xframe_options_sameorigin
@staff
def show(request: StaffRequest, key: str) -> HttpResponse:
    """The mail itself, for the frame beside the editor: as it was typed, or as it was kept. Keeps nothing.

    With a person and no language it is in the one in which they are written to.
    """
    asked = request.POST if request.method == "POST" else request.GET
    customer = trial.chosen(request.store, asked.get("person", ""))
    theirs = trial.language_for(request.store, customer) if customer else ""
    table = desk(request.store, key, asked.get("language") or theirs)
    if request.method == "POST":
        try:
            text = request.POST.get("source", "")
            table.texts[table.language] = source.read(text) if text else typed(request.POST)
        except source.SourceError as error:
            table.texts[table.language]["blocks"] = [{"type": "paragraph", "text": str(error)}]
    languages = list(SPOKEN) if asked.get("both") else [table.language]
    page = preview.page(
        table,
        languages=sorted(languages, key=lambda one: one != table.language),
        is_phone=asked.get("device") == "phone",
        is_night=asked.get("look") == "night",
        customer=customer,
        now=timezone.now(),
    )
    answer = HttpResponse(page)
    answer.headers["Content-Security-Policy"] = preview.ALONE
    return answer


@require_safe
@staff
def people(request: StaffRequest) -> HttpResponse:
    """Customers to show it for."""
    found = trial.find(request.store, request.GET.get("who", "")[:120].replace("\x00", ""))
    return render(request, "messages/editor/people.html", {"people": found})


@require_safe
@staff
def versions(request: StaffRequest, key: str) -> HttpResponse:
    """Every version, and what each changed."""
    table = desk(request.store, key, request.GET.get("language", ""))
    found = list(
        TemplateVersion.objects.filter(template=table.template)
        .select_related("made_by")
        .order_by("-number")[:50]
    )
    rows = [
        (version, list(shown.difference(before, version, table.language)) if before else [])
        for version, before in zip(found, [*found[1:], None], strict=True)
    ]
    context = {"desk": table, "rows": rows, "languages": preview.LANGUAGES.items()}
    return render(request, "messages/editor/versions.html", context)


@require_POST
@staff
def restore(request: StaffRequest, key: str, number: int) -> HttpResponse:
    version = get_object_or_404(
        TemplateVersion, template__store=request.store, template__key=key, number=number
    )
    now = timezone.now()
    kind = KINDS[version.template.kind]
    for language, document in version.texts.items():
        if checks.check(kind, language, tidied(document), request.store, now=now):
            messages.error(
                request, _("This version can’t be sent as it is. Open it, mend it and publish it.")
            )
            return redirect("templates:versions", key=key)
    actions.restore(version, by=request.member, now=now)
    messages.success(request, _("Version %(number)d is sent again.") % {"number": number})
    return redirect("templates:versions", key=key)


@require_POST
@staff
def put_away(request: StaffRequest, key: str) -> HttpResponse:
    """Offer a letter no more; for a kind, send our own texts again."""
    table = desk(request.store, key, "")
    if table.template is not None and table.is_own:
        actions.archive(table.template, now=timezone.now())
        messages.success(request, _("Put away. What was already asked for is still sent."))
        return redirect("templates:templates")
    if table.template is not None:
        actions.use_ours(table.template)
        messages.success(request, _("Our own texts are sent again. Yours are kept as a draft."))
    return redirect("templates:template", key=key)


@require_POST
@staff
def add_picture(request: StaffRequest, key: str) -> HttpResponse:
    table = desk(request.store, key, request.POST.get("language", ""))
    file = request.FILES.get("picture")
    if file is None:
        messages.error(request, _("Choose a picture first."))
    else:
        try:
            actions.add_picture(request.store, name=str(file.name), content=file.read(), now=timezone.now())
            messages.success(request, _("The picture is here. Put its address into a picture block."))
        except PictureError as error:
            messages.error(request, _(str(error)))
    return redirect(_address(table, request) + "#pictures")


@require_safe
def picture(request: HttpRequest, key: str) -> HttpResponse:
    """A picture of a mail. Its address can't be guessed, and what stands there never changes."""
    del request
    found = get_object_or_404(TemplatePicture, key=key)
    answer = HttpResponse(bytes(found.content), content_type=found.media_type)
    answer.headers["Cache-Control"] = FOR_EVER
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
