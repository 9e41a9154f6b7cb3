"""Addresses of conferences, below /ziele/konferenzen/."""

from django.urls import path

from goals.conferences import views, writing

GOAL = "<slug:slug>/plakat/<slug:goal>/"

urlpatterns = [
    path("", views.conferences, name="conferences"),
    path("<slug:slug>/", views.conference, name="conference"),
    path("<slug:slug>/plakat/", views.posters, name="posters"),
    path("<slug:slug>/qr-codes/", views.note_codes, name="note_codes"),
    path("<slug:slug>/leinwand/", views.screen, name="screen"),
    path(GOAL, views.poster, name="poster"),
    path(f"{GOAL}code.svg", views.note_code, name="note_code"),
    path(f"{GOAL}mitschreiben/", writing.write_note, name="write_note"),
    path(f"{GOAL}danke/", writing.note_received, name="note_received"),
]
