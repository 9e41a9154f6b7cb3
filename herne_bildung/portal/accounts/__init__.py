"""People and their logins: invitation, sign-in with a second factor, hand-over, the
end of logins nobody uses. Signing in itself is django-allauth's and django-axes'.
"""
