from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "passaparola.products"
    label = "products"
