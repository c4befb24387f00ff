"""The address that other systems post to, where the fast way past Django is not taken."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from passaparola.inbound.receipt import greet, headers_of, length_of, receive


@csrf_exempt
@require_http_methods(["GET", "POST"])
def hook(request: HttpRequest, role: str, kind: str, token: str) -> HttpResponse:
    """Authenticated by its signature, hence without Django's form token."""
    del role, kind, token  # receive() reads them from the path, as it does on the fast way
    query = request.META.get("QUERY_STRING", "")
    if request.method == "GET":
        answer = greet(request.path, query)
        if answer is None:
            return HttpResponseNotAllowed(["POST"])
    else:
        answer = receive(
            request.path,
            headers_of(request.META),
            length_of(request.META),
            request,  # type: ignore[arg-type] # reads like a file
            query,
        )
    return HttpResponse(answer.sentence, status=answer.status, content_type="text/plain; charset=utf-8")
