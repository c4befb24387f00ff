"""Every address of journeys."""

from django.urls import path

from passaparola.journeys.views import edit, journeys, start, todos, webhooks

app_name = "journeys"
urlpatterns = [
    path("office/journeys/", journeys.journeys, name="journeys"),
    path("office/journeys/take/", journeys.take, name="journey-take"),
    path("office/journeys/new/", start.new, name="journey-new"),
    path("office/journeys/<int:journey_id>/", journeys.journey, name="journey"),
    path("office/journeys/<int:journey_id>/switch/", journeys.switch, name="journey-switch"),
    path("office/journeys/<int:journey_id>/take-out/", journeys.take_out, name="journey-take-out"),
    path("office/journeys/<int:journey_id>/people/", journeys.people, name="journey-people"),
    path("office/journeys/<int:journey_id>/try/", journeys.try_it, name="journey-try"),
    path("office/journeys/<int:journey_id>/start/", start.start, name="journey-start"),
    path("office/journeys/<int:journey_id>/text/", edit.as_text, name="journey-text"),
    path("office/journeys/<int:journey_id>/export/", edit.export, name="journey-export"),
    path("office/journeys/<int:journey_id>/steps/new/", edit.choose_step, name="journey-step-choose"),
    path("office/journeys/<int:journey_id>/steps/new/<slug:kind>/", edit.new_step, name="journey-step-new"),
    path("office/journeys/<int:journey_id>/steps/<slug:step_id>/", edit.step, name="journey-step"),
    path(
        "office/journeys/<int:journey_id>/steps/<slug:step_id>/move/",
        edit.move_step,
        name="journey-step-move",
    ),
    path("office/journeys/webhooks/", webhooks.webhooks, name="webhooks"),
    path("office/journeys/webhooks/again/", webhooks.again, name="webhooks-again"),
    path("office/journeys/webhooks/secret/", webhooks.secret, name="webhooks-secret"),
    path("office/todos/", todos.todos, name="todos"),
    path("office/todos/<int:todo_id>/done/", todos.done, name="todo-done"),
    path("office/todos/<int:todo_id>/assign/", todos.assign, name="todo-assign"),
]
