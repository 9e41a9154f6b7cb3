"""Settings of the packages that sign people in, the same in every installation,
and how long invitations and unused logins last.
"""

from herne_bildung.lib.environment import names, number

SIGN_IN = {
    "LOGIN_URL": "account_login",
    "LOGIN_REDIRECT_URL": "admin:index",
    # --- django-axes: wrong passwords ---
    "AXES_VERBOSE": False,
    "AXES_CLIENT_IP_CALLABLE": "herne_bildung.lib.rate_limit.address_of",
    "AXES_USERNAME_CALLABLE": "herne_bildung.portal.sign_in.name_of_attempt",
    # Only failed attempts are kept, for as long as portal.actions says.
    "AXES_DISABLE_ACCESS_LOG": True,
    "AXES_FAILURE_LIMIT": 10,
    "AXES_COOLOFF_TIME": 0.25,
    "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
    "AXES_RESET_ON_SUCCESS": True,
    "AXES_LOCKOUT_TEMPLATE": "admin/locked_out.html",
    # --- django-allauth: sign-in, second factor ---
    # Nobody signs up: people are invited (herne_bildung.portal.accounts).
    "ACCOUNT_ADAPTER": "herne_bildung.portal.accounts.adapter.AccountAdapter",
    "ACCOUNT_FORMS": {"login": "herne_bildung.portal.accounts.forms.SignInForm"},
    "ACCOUNT_LOGIN_METHODS": {"username", "email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "username*", "password1*", "password2*"],
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "ACCOUNT_CHANGE_EMAIL": True,
    "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
    "ACCOUNT_EMAIL_NOTIFICATIONS": True,
    "ACCOUNT_SESSION_REMEMBER": True,
    "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
    # Wrong passwords are for django-axes, by name and address; these are for the rest.
    "ACCOUNT_RATE_LIMITS": {"login": "60/m/ip", "reset_password": "20/m/ip,5/h/key"},
    "MFA_ADAPTER": "herne_bildung.portal.accounts.adapter.SecondFactorAdapter",
    "MFA_FORMS": {
        "add_webauthn": "herne_bildung.portal.accounts.forms.PasskeyForm",
        "login_webauthn": "herne_bildung.portal.accounts.forms.PasskeySignInForm",
        "authenticate_webauthn": "herne_bildung.portal.accounts.forms.PasskeyCodeForm",
        "reauthenticate_webauthn": (
            "herne_bildung.portal.accounts.forms.PasskeyConfirmForm"
        ),
    },
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_TOTP_ISSUER": "Lernen! in Herne",
    "MFA_TOTP_TOLERANCE": 1,
    "MFA_ALLOW_UNVERIFIED_EMAIL": True,
    # Former keys: sessions, links and second factors made with them stay good.
    "SECRET_KEY_FALLBACKS": names("SECRET_KEY_FALLBACKS"),
    # Days an invitation is good for; months without sign-in until a warning, and days
    # from it until the login is closed.
    "INVITATION_DAYS": number("INVITATION_DAYS", 14, least=1, most=90),
    "DORMANT_AFTER_MONTHS": number("DORMANT_AFTER_MONTHS", 12, least=3, most=60),
    "DORMANT_CLOSE_AFTER_DAYS": number(
        "DORMANT_CLOSE_AFTER_DAYS", 30, least=7, most=180
    ),
}
