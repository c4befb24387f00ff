"""Where the team writes guides."""

from django.urls import path

from passaparola.guides.views import guides, sheets

app_name = "guides"
urlpatterns = [
    path("office/guides/", guides.guides, name="guides"),
    path("office/guides/new/", guides.new, name="new"),
    path("office/guides/usual/", guides.add_starters, name="add-starters"),
    path("office/guides/products/", sheets.products, name="products"),
    path("office/guides/products/<int:product_id>/", sheets.product, name="product"),
    path("office/guides/<int:guide_id>/", guides.guide, name="guide"),
    path("office/guides/<int:guide_id>/delete/", guides.delete, name="delete"),
    path("office/guides/<int:guide_id>/files/", guides.add_file, name="add-file"),
    path("office/guides/<int:guide_id>/files/<int:file_id>/delete/", guides.delete_file, name="delete-file"),
]
