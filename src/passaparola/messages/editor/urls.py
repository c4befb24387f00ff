"""Templates: the team's editor, and the pictures that mails show."""

from django.urls import path

from passaparola.messages.editor import views

app_name = "templates"
urlpatterns = [
    path("office/templates/", views.templates, name="templates"),
    path("office/templates/new/", views.write, name="write"),
    path("office/templates/people/", views.people, name="people"),
    path("office/templates/<slug:key>/", views.template, name="template"),
    path("office/templates/<slug:key>/save/", views.save, name="save"),
    path("office/templates/<slug:key>/check/", views.check, name="check"),
    path("office/templates/<slug:key>/preview/", views.show, name="show"),
    path("office/templates/<slug:key>/versions/", views.versions, name="versions"),
    path("office/templates/<slug:key>/versions/<int:number>/restore/", views.restore, name="restore"),
    path("office/templates/<slug:key>/put-away/", views.put_away, name="put-away"),
    path("office/templates/<slug:key>/picture/", views.add_picture, name="add-picture"),
    path("pictures/<str:key>/", views.picture, name="picture"),
]
