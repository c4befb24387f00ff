"""The first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from passaparola.office.guard import StaffRequest, staff


@require_safe
@staff
def today(request: StaffRequest) -> HttpResponse:
    return render(request, "office/today.html")
