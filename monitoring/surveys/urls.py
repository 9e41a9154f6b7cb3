"""Addresses of the survey calendar: /monitoring/befragungen/."""

from django.urls import path

from monitoring.surveys import views

urlpatterns = [
    path("", views.surveys, name="surveys"),
    path("termine.ics", views.survey_calendar, name="survey_calendar"),
    path("jahr/<int:year>/", views.survey_year, name="survey_year"),
    path("<slug:slug>/", views.survey, name="survey"),
]
