"""The address that other systems post to, where the fast way past Django is not taken."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from passaparola.inbound.receipt import headers_of, length_of, receive


@csrf_exempt
@require_POST
def hook(request: HttpRequest, role: str, kind: str, token: str) -> HttpResponse:
    """Authenticated by its signature, hence without Django's form token."""
    del role, kind, token  # receive() reads them from the path, as it does on the fast way
    answer = receive(request.path, headers_of(request.META), length_of(request.META), request)  # type: ignore[arg-type]
    return HttpResponse(answer.sentence, status=answer.status, content_type="text/plain; charset=utf-8")
