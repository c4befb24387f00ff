"""The raw rows, for the curious of this installation: everything to be read, nothing to be changed, no secrets.

Whatever concept has models is there by itself. Rows of all shops are shown, so it is for those who run the
installation (`is_staff`), not for a shop's team.
"""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from passaparola.kernel.secrets import EncryptedField

SECRET = {"password", "digest", "token", "headers"}
MOST_COLUMNS = 7


def is_secret(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, EncryptedField) or field.name in SECRET


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """All columns but secrets; lists stay fast however long the table is."""

    show_full_result_count = False
    list_per_page = 50
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:  # noqa: ARG002 - Django's
        return [field.name for field in self.model._meta.fields if is_secret(field)]  # noqa: SLF001

    def get_list_display(self, request: HttpRequest) -> Any:  # noqa: ARG002 - Django's
        plain = (models.CharField, models.DateTimeField, models.IntegerField, models.BooleanField)
        shown = [f.name for f in self.model._meta.fields if isinstance(f, plain) and not is_secret(f)]  # noqa: SLF001
        return ["__str__", *shown[:MOST_COLUMNS]]

    def get_ordering(self, request: HttpRequest) -> Any:  # noqa: ARG002 - Django's
        return ["-pk"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's
        return bool(getattr(request.user, "is_staff", False))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's
        return False


for config in apps.get_app_configs():
    if config.name.startswith("passaparola."):
        for model in config.get_models():
            # Django's admin can't show a table whose key is two columns.
            if not isinstance(model._meta.pk, models.CompositePrimaryKey):  # noqa: SLF001 - documented
                admin.site.register(model, ReadOnly)
admin.site.site_header = admin.site.site_title = "Passaparola"
admin.site.index_title = "Raw data"
