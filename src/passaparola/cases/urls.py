"""Every address of cases: the team's."""

from django.urls import URLPattern, URLResolver, path

from passaparola.cases import views

app_name = "cases"
urlpatterns: list[URLPattern | URLResolver] = [
    path("office/cases/", views.cases, name="cases"),
    path("office/cases/budget/", views.budget, name="budget"),
    path("office/cases/<int:case_id>/", views.case, name="case"),
    path("office/cases/<int:case_id>/take/", views.take, name="take"),
    path("office/cases/<int:case_id>/assign/", views.assign, name="assign"),
    path("office/cases/<int:case_id>/note/", views.note, name="note"),
    path(
        "office/cases/<int:case_id>/notes/<int:note_id>/<int:place>/promise/", views.promise, name="promise"
    ),
    path("office/cases/<int:case_id>/remedy/", views.remedy, name="remedy"),
    path("office/cases/<int:case_id>/close/", views.close, name="close"),
    path("office/cases/<int:case_id>/parcels/<int:parcel_id>/claim/", views.claim, name="claim"),
    path("office/cases/<int:case_id>/parcels/<int:parcel_id>/evidence/", views.pack, name="evidence"),
    path("office/cases/<int:case_id>/claims/<int:claim_id>/answer/", views.answer, name="answer"),
]
