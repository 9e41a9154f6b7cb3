"""Signing in under /verwaltung/."""

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import UsernameField

LONGEST_NAME = 150


class SignInForm(AdminAuthenticationForm):
    """Refuses names longer than any user's. (Django's form only tells the browser
    so, and the record of failed sign-ins has no room for them: an error page.)
    """

    username = UsernameField(
        max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autofocus": True})
    )
