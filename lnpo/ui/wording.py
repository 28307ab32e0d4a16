"""Texts of Django and allauth that we say in our own words.

Their own Dutch says "u" or speaks of things as engineers do. Our catalogue comes before theirs; naming the
texts here keeps them in it, because the catalogue is collected from our code.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

PASSWORDS = [
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
    gettext_noop("Your password can’t be a commonly used password."),
    gettext_noop("The email address and/or password you specified are not correct."),
    gettext_noop("Too many failed login attempts. Try again later."),
]
SECOND_STEP = [
    gettext_noop("Authenticator code"),
    gettext_noop("Incorrect code."),
    gettext_noop("Use your password"),
    gettext_noop("Use authenticator app or code"),
    gettext_noop("Use a security key"),
]
PASSKEYS = [
    gettext_noop("Master key"),
    gettext_noop("Backup key"),
    gettext_noop("Passwordless"),
    gettext_noop(
        "Enabling passwordless operation allows you to sign in using just this key, but imposes additional"
        " requirements such as biometrics or PIN protection."
    ),
]
