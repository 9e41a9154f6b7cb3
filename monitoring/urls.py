"""Addresses of the monitoring: /monitoring/. Fixed words come before indicators."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
