"""All about one's own login, below /verwaltung/konto/. Names are django-allauth's."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from herne_bildung.portal.accounts import invitation_page, own_login

urlpatterns = [
    path("anmelden/", account.login, name="account_login"),
    path("abmelden/", account.logout, name="account_logout"),
    path("geschlossen/", account.account_inactive, name="account_inactive"),
    path("bestaetigen/", account.reauthenticate, name="account_reauthenticate"),
    path("adresse/", own_login.address, name="account_email"),
    path(
        "adresse/unterwegs/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    re_path(
        r"^adresse/(?P<key>[-:\w]+)/$",
        account.confirm_email,
        name="account_confirm_email",
    ),
    path("kennwort/", account.password_change, name="account_change_password"),
    path("kennwort/setzen/", account.password_set, name="account_set_password"),
    path("kennwort/neu/", account.password_reset, name="account_reset_password"),
    path(
        "kennwort/neu/unterwegs/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "kennwort/neu/fertig/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^kennwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("zweiter-faktor/", mfa.index, name="mfa_index"),
    path("zweiter-faktor/code/", mfa.authenticate, name="mfa_authenticate"),
    path("zweiter-faktor/bestaetigen/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("zweiter-faktor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path(
        "zweiter-faktor/app/entfernen/",
        totp.deactivate_totp,
        name="mfa_deactivate_totp",
    ),
    path(
        "zweiter-faktor/ersatz/",
        codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "zweiter-faktor/ersatz/neu/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "zweiter-faktor/ersatz/datei/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/neu/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/anmelden/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path(
        "passkeys/bestaetigen/",
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "passkeys/<int:pk>/entfernen/",
        webauthn.remove_webauthn,
        name="mfa_remove_webauthn",
    ),
    path("passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("sitzungen/", own_login.sessions, name="usersessions_list"),
    path("einladung/<str:token>/", invitation_page.invitation, name="invitation"),
]
