"""What the shop explains: care guides, answers and help, in both languages."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q

from passaparola.guides.rules.kinds import KINDS
from passaparola.orders.models import Order
from passaparola.products.models import Product
from passaparola.stores.models import Store


def _words(language: str, config: str) -> models.GeneratedField:
    """The words of title and text as PostgreSQL's own dictionary of that language reads them; titles weigh more."""
    title = SearchVector(f"title_{language}", weight="A", config=config)
    text = SearchVector(f"text_{language}", weight="B", config=config)
    return models.GeneratedField(expression=title + text, output_field=SearchVectorField(), db_persist=True)


class GuideQuerySet(models.QuerySet["Guide"]):
    def of(self, store: Store) -> "GuideQuerySet":
        return self.filter(store=store)

    def published(self) -> "GuideQuerySet":
        return self.filter(published_at__isnull=False)

    def in_order(self) -> "GuideQuerySet":
        return self.order_by("position", "pk")

    def about(self, products: "models.QuerySet[Product] | list[Product]") -> "GuideQuerySet":
        """Those for one of these products, for its category, or for everything the shop sells."""
        products = list(products)
        categories = {product.category for product in products if product.category}
        everything = Q(product=None, category="")
        return self.exclude(kind="help").filter(
            Q(product__in=products) | Q(product=None, category__in=categories) | everything
        )


class Guide(models.Model):
    """One text for customers. Without `published_at` it is a draft that only the team sees."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="guides")
    kind = models.CharField(max_length=10)
    """`care`: how to use and care for something; `answer`: a question about it answered; `help`: about orders."""
    topic = models.CharField(max_length=20, blank=True)
    """Of help: see `rules.kinds.TOPICS`."""
    moments = models.JSONField(default=list)
    """Of help: in which states of an order it is shown first; see `rules.kinds.MOMENTS`."""
    product = models.ForeignKey(Product, models.CASCADE, null=True, blank=True, related_name="guides")
    category = models.CharField(max_length=120, blank=True)
    title_it = models.CharField(max_length=160, blank=True)
    title_en = models.CharField(max_length=160, blank=True)
    text_it = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    html_it = models.TextField(blank=True, editable=False)
    html_en = models.TextField(blank=True, editable=False)
    """Made from the text when it is saved, and cleaned: pages put it in as it is."""
    video_url = models.CharField(max_length=300, blank=True)
    position = models.PositiveIntegerField(default=100)
    published_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    words_it = _words("it", "italian")
    words_en = _words("en", "english")

    objects = GuideQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["store", "kind", "position"], name="guide_list"),
            GinIndex(fields=["words_it"], name="guide_words_it"),
            GinIndex(fields=["words_en"], name="guide_words_en"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="guide_kind"),
            models.CheckConstraint(
                condition=~Q(kind="help") | Q(product=None, category=""), name="guide_help_of_no_product"
            ),
            models.CheckConstraint(condition=~Q(title_it="") | ~Q(title_en=""), name="guide_has_title"),
        ]

    def __str__(self) -> str:
        return self.title_it or self.title_en

    def title(self, language: str) -> str:
        """In this language, else in the other: better than nothing."""
        return self._in(language, "title")

    def html(self, language: str) -> str:
        return self._in(language, "html")

    def _in(self, language: str, what: str) -> str:
        here, elsewhere = ("it", "en") if language == "it" else ("en", "it")
        return str(getattr(self, f"{what}_{here}") or getattr(self, f"{what}_{elsewhere}"))


class GuideFile(models.Model):
    """A picture or a PDF that belongs to a guide. Pictures were made anew; a PDF is only ever downloaded."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    content = models.BinaryField()
    digest = models.CharField(max_length=32, unique=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


class GuideVote(models.Model):
    """Whether a guide was useful to somebody. Once for each order, where they came from one."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="votes")
    order = models.ForeignKey(Order, models.CASCADE, null=True, related_name="+")
    is_useful = models.BooleanField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "order"], name="guide_vote_once", condition=Q(order__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return "useful" if self.is_useful else "not useful"


class ProductSheet(models.Model):
    """What the shop system does not tell of a product: specifications, warranty, what goes with it."""

    product = models.OneToOneField(Product, models.CASCADE, related_name="sheet")
    specs_it = models.TextField(blank=True)
    specs_en = models.TextField(blank=True)
    """A line each: `Weight: 640 g`."""
    warranty_months = models.PositiveSmallIntegerField(null=True, blank=True)
    """As the shop gives it; None: the two years the law gives in the EU."""
    related = models.ManyToManyField(Product, related_name="+", blank=True)
    """Spare parts and things that go with it."""
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"sheet of {self.product}"

    def specs(self, language: str) -> list[tuple[str, str]]:
        text = (self.specs_it or self.specs_en) if language == "it" else (self.specs_en or self.specs_it)
        parts = (line.partition(":") for line in text.splitlines() if line.strip())
        return [(name.strip(), value.strip()) for name, _, value in parts]
